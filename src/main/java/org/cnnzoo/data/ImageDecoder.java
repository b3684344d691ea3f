package org.cnnzoo.data;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decodes PNG, JPEG, GIF (the first frame), BMP and WebP; grey, colour, palette, CMYK, 8 or 16
 * bits.
 *
 * <p>The result is grey where the file is grey, else colour; upright by EXIF; what is transparent
 * shows white. A file that is cut off is an error, not half an image. Safe for several threads.
 */
public final class ImageDecoder {
    private static final Logger log = LoggerFactory.getLogger(ImageDecoder.class);

    /** Above this many pixels a file is decoded at reduced scale: 16 Mi are 48 MiB in colour. */
    static final long FULL_SCALE_PIXELS = 1L << 24;

    /** More than this many pixels even at reduced scale are refused: they'd take gigabytes. */
    static final long MOST_PIXELS = 1L << 27;

    private final Set<Path> reduced = ConcurrentHashMap.newKeySet();

    /**
     * The image, at full scale up to 16 Mi pixels.
     *
     * @throws BadImageException if the file is no image, a broken one or too large
     * @throws IOException if the file can't be read
     */
    public PixelImage decode(Path file) throws IOException {
        return decode(file, 1, 1);
    }

    /**
     * The image for a use at {@code height x width}: above 16 Mi pixels every n-th row and column,
     * as few as leave memory in peace and still, where possible, twice the sides asked for; the log
     * says so once for each file.
     *
     * @throws BadImageException if the file is no image, a broken one or too large
     * @throws IOException if the file can't be read
     */
    public PixelImage decode(Path file, int height, int width) throws IOException {
        ImageFormat format = format(file);
        int orientation = Orientation.of(file, format);
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format.name());
        if (!readers.hasNext()) {
            throw new BadImageException(file, "no decoder for " + format.label() + " found");
        }
        ImageReader reader = readers.next();
        List<String> warnings = new ArrayList<>();
        try (ImageInputStream in = stream(file)) {
            reader.setInput(in, true, true);
            reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
            ImageReadParam param = reader.getDefaultReadParam();
            int step = step(file, reader, 2 * Math.max(height, width));
            param.setSourceSubsampling(step, step, 0, 0);
            BufferedImage image = reader.read(0, param);
            checkWhole(file, format, warnings);
            return Orientation.upright(Samples.of(image), orientation);
        } catch (BadImageException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // Decoders answer broken input with any of these; a disk's fault reads the same
            throw isEndOfFile(e)
                    ? truncated(file, format)
                    : new BadImageException(file, "a broken " + format.label() + reason(e), e);
        } finally {
            reader.dispose();
        }
    }

    /** A File says its name in the locale's letters, and so doesn't find every one. */
    private static ImageInputStream stream(Path file) throws IOException {
        return file.toFile().exists()
                ? ImageIO.createImageInputStream(file.toFile())
                : new MemoryCacheImageInputStream(
                        new ByteArrayInputStream(Files.readAllBytes(file)));
    }

    private static ImageFormat format(Path file) throws IOException {
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(ImageFormat.HEAD);
        }
        if (head.length == 0) {
            throw new BadImageException(file, "an empty file");
        }
        ImageFormat format =
                ImageFormat.of(head)
                        .orElseThrow(
                                () ->
                                        new BadImageException(
                                                file, "not a PNG, JPEG, GIF, BMP or WebP image"));
        // The WebP decoder takes what is missing for zeros
        if (format == ImageFormat.WEBP && Files.size(file) < riffSize(head)) {
            throw truncated(file, format);
        }
        return format;
    }

    private static long riffSize(byte[] head) {
        return 8 + (ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt(4) & 0xFFFFFFFFL);
    }

    private static BadImageException truncated(Path file, ImageFormat format) {
        return new BadImageException(file, "a truncated " + format.label());
    }

    /** Every how many-th row and column to take. */
    private int step(Path file, ImageReader reader, int wanted) throws IOException {
        int height = reader.getHeight(0);
        int width = reader.getWidth(0);
        if (height == 1 && width == 1) {
            throw new BadImageException(file, "1x1 pixels: nothing to see");
        }
        long pixels = (long) height * width;
        if (pixels <= FULL_SCALE_PIXELS) {
            return 1;
        }
        int needed = (int) Math.ceil(Math.sqrt((double) pixels / FULL_SCALE_PIXELS));
        int allowed = Math.max(1, Math.min(height, width) / wanted);
        int step = Math.min(needed, allowed);
        if (pixels / step / step > MOST_PIXELS) {
            throw new BadImageException(file, "%dx%d pixels are too many".formatted(width, height));
        }
        if (step > 1 && reduced.add(file)) {
            log.info("decoded at 1/{} scale: {} ({}x{} pixels)", step, file, width, height);
        }
        return step;
    }

    private static void checkWhole(Path file, ImageFormat format, List<String> warnings)
            throws BadImageException {
        for (String warning : warnings) {
            String lower = warning.toLowerCase(Locale.ROOT);
            if (lower.contains("premature") || lower.contains("truncated")) {
                throw truncated(file, format);
            }
            log.debug("{}: {}", file, warning);
        }
    }

    private static boolean isEndOfFile(@Nullable Throwable e) {
        return e != null && (e instanceof EOFException || isEndOfFile(e.getCause()));
    }

    private static String reason(Exception e) {
        Throwable first = e;
        while (first.getMessage() == null && first.getCause() != null) {
            first = first.getCause();
        }
        String message = first.getMessage();
        return message == null
                ? " (" + first.getClass().getSimpleName() + ")"
                : ": " + message.lines().findFirst().orElse("").strip();
    }
}
