package org.cnnzoo.data;

import com.drew.imaging.ImageProcessingException;
import com.drew.imaging.jpeg.JpegMetadataReader;
import com.drew.imaging.png.PngMetadataReader;
import com.drew.imaging.webp.WebpMetadataReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** EXIF's word (1 to 8) on how the camera was held, and the turn that undoes it. */
final class Orientation {
    private static final int UPRIGHT = 1;

    private Orientation() {}

    /** A file's orientation, 1 to 8; 1 where the file has none or its metadata are broken. */
    static int of(Path file, ImageFormat format) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return of(
                    switch (format) {
                        case JPEG -> JpegMetadataReader.readMetadata(in, List.of(new ExifReader()));
                        case PNG -> PngMetadataReader.readMetadata(in);
                        case WEBP -> WebpMetadataReader.readMetadata(in);
                        case GIF, BMP -> new Metadata();
                    });
        } catch (ImageProcessingException | IOException | RuntimeException e) {
            // Broken metadata say nothing on the pixels, which may be whole or get their own error
            return UPRIGHT;
        }
    }

    private static int of(Metadata metadata) {
        for (ExifIFD0Directory exif : metadata.getDirectoriesOfType(ExifIFD0Directory.class)) {
            Integer value = exif.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
            if (value != null && value >= 1 && value <= 8) {
                return value;
            }
        }
        return UPRIGHT;
    }

    /** The image upright. */
    static PixelImage upright(PixelImage image, int orientation) {
        return switch (orientation) {
            case 2 -> image.flipHorizontally();
            case 3 -> image.flipHorizontally().flipVertically();
            case 4 -> image.flipVertically();
            case 5 -> image.transposed();
            case 6 -> image.transposed().flipHorizontally();
            case 7 -> image.flipHorizontally().flipVertically().transposed();
            case 8 -> image.transposed().flipVertically();
            default -> image;
        };
    }
}
