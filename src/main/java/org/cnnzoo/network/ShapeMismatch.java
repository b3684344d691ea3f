package org.cnnzoo.network;

/** An operation that can't take the shape that arrives; the builder adds where in the file. */
public final class ShapeMismatch extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ShapeMismatch(String message) {
        super(message);
    }
}
