package org.cnnzoo.data;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file that is no image, or a broken one. The message is {@code path: reason}, in one line. */
public final class BadImageException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    public BadImageException(Path file, String reason) {
        super(file + ": " + reason);
        this.reason = reason;
    }

    public BadImageException(Path file, String reason, Throwable cause) {
        super(file + ": " + reason, cause);
        this.reason = reason;
    }

    /** Why an image couldn't be read, in one line, without its path where that can be. */
    static String reason(IOException e) {
        if (e instanceof BadImageException bad) {
            return bad.reason();
        }
        if (e instanceof NoSuchFileException) {
            return "no such file";
        }
        return e instanceof AccessDeniedException ? "permission denied" : e.toString();
    }

    /** The reason alone, in one line. */
    public String reason() {
        return reason;
    }
}
