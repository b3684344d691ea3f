package org.cnnzoo.data;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The image files that are read; a file's first bytes, not its name, say which it is. */
enum ImageFormat {
    PNG("\u0089PNG\r\n\u001a\n"),
    JPEG("\u00ff\u00d8\u00ff"),
    GIF("GIF8"),
    BMP("BM"),
    WEBP("RIFF");

    /** How many first bytes {@link #of} needs. */
    static final int HEAD = 12;

    private static final Set<String> EXTENSIONS =
            Set.of("png", "jpg", "jpeg", "jpe", "jfif", "gif", "bmp", "webp");

    private final String magic;

    ImageFormat(String magic) {
        this.magic = magic;
    }

    /** Whether a file's name makes it a candidate for a folder of images. */
    static boolean isCandidate(String fileName) {
        int dot = fileName.lastIndexOf('.');
        // A leading dot is a hidden file, such as the ._photo.jpg that macOS leaves in archives
        return dot > 0
                && fileName.charAt(0) != '.'
                && EXTENSIONS.contains(fileName.substring(dot + 1).toLowerCase(Locale.ROOT));
    }

    /** The format that starts with these bytes. */
    static Optional<ImageFormat> of(byte[] head) {
        for (ImageFormat format : values()) {
            if (format.starts(head)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    /** The name for a person. */
    String label() {
        return this == WEBP ? "WebP" : name();
    }

    private boolean starts(byte[] head) {
        String text = new String(head, StandardCharsets.ISO_8859_1);
        // RIFF holds sounds and films as well
        return text.startsWith(magic) && (this != WEBP || text.startsWith("WEBP", 8));
    }
}
