package org.cnnzoo.spec;

import org.cnnzoo.errors.BadInput;

/** A file that breaks the grammar. The message starts with {@code file:line:column}. */
public final class SpecException extends BadInput {
    private static final long serialVersionUID = 1L;

    public SpecException(Where where, String message) {
        super(where + ": " + message);
    }

    SpecException(Where where, String message, Throwable cause) {
        super(where + ": " + message, cause);
    }

    private SpecException(String message, SpecException cause) {
        super(message, cause);
    }

    /** The same with a line more. */
    SpecException and(String line) {
        return new SpecException(getMessage() + "\n  " + line, this);
    }
}
