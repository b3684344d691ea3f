package org.cnnzoo.errors;

/**
 * A command, flag or configuration file that can't be right; the command line exits with 2.
 *
 * <p>The message has one to three lines: what is wrong, where, what would be right.
 */
public class BadInput extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BadInput(String message) {
        super(message);
    }

    public BadInput(String message, Throwable cause) {
        super(message, cause);
    }
}
