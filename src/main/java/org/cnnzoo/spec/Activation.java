package org.cnnzoo.spec;

/** An activation function with its alpha, which is 0 where it has none. */
public record Activation(ActivationKind kind, double alpha) {
    public static final Activation NONE = new Activation(ActivationKind.IDENTITY, 0);

    public boolean isIdentity() {
        return kind == ActivationKind.IDENTITY;
    }
}
