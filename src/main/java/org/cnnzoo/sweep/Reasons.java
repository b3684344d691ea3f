package org.cnnzoo.sweep;

import org.cnnzoo.errors.BadInput;
import org.cnnzoo.errors.WorkFailed;

/** Why a trial failed, in words for its row. */
final class Reasons {
    private static final int MOST_CAUSES = 20;

    private Reasons() {}

    /** The message of the first cause that was written for a person. */
    static String of(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
            if (cause instanceof BadInput || cause instanceof WorkFailed) {
                return String.valueOf(cause.getMessage());
            }
            if (cause instanceof OutOfMemoryError) {
                return "out of memory: " + cause.getMessage();
            }
            cause = cause.getCause();
        }
        return "unexpected: " + thrown;
    }
}
