package org.cnnzoo.build;

import org.cnnzoo.errors.BadInput;
import org.cnnzoo.errors.Labelled;

/** In what numbers layers compute. */
public enum Precision implements Labelled {
    /** Single precision throughout. */
    FP32,
    /**
     * Maps, their gradients and copies of the weights in bfloat16, eight bits of mantissa; products
     * are summed in single precision, in which parameters, their gradients, the updater, statistics
     * of batch normalisation and the loss stay. Its exponents are those of single precision, so
     * that no loss needs scaling.
     */
    BF16;

    /**
     * The precision of that name.
     *
     * @throws BadInput if there is none
     */
    public static Precision named(String name) {
        return Labelled.named("--precision", values(), name);
    }
}
