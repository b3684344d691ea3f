package org.cnnzoo.weights.tensors;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import org.cnnzoo.errors.WorkFailed;

/** What a file says can't be: the message has the reason, whoever catches it adds the file. */
final class DamagedFile extends IOException {
    private static final long serialVersionUID = 1L;

    /** Longer names would fill the screen. */
    private static final int LONGEST_NAME = 100;

    DamagedFile(String message) {
        super(message);
    }

    DamagedFile(String message, Throwable cause) {
        super(message, cause);
    }

    /** The failure for a person: the file, and why it can't be read. */
    static WorkFailed failure(Path file, IOException e) {
        if (e instanceof EOFException) {
            return new WorkFailed(file + ": ends too early; is it a whole copy?", e);
        }
        String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return new WorkFailed("%s: %s".formatted(file, printable(reason)), e);
    }

    /** A name from a file in quotes, on one line and not too long whatever it holds. */
    static String quoted(String name) {
        String shorter =
                name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "...";
        return "'" + printable(shorter) + "'";
    }

    /** Without what would move the cursor of a terminal. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
