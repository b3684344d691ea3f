package org.cnnzoo.errors;

/**
 * Work that was asked for rightly and failed all the same (data that can't be read, a loss that
 * became NaN, a full disk); the command line exits with 1.
 *
 * <p>The message has one to three lines: what happened, where, what to try.
 */
public class WorkFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public WorkFailed(String message) {
        super(message);
    }

    public WorkFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
