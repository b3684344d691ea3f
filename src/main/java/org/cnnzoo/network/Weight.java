package org.cnnzoo.network;

import java.util.List;

/**
 * One array that an operation owns.
 *
 * @param name PyTorch's name for it: weight, bias, running_mean, running_var
 * @param shape sizes, outermost first
 * @param trainable whether an optimiser changes it
 */
public record Weight(String name, List<Long> shape, boolean trainable) {
    public Weight {
        shape = List.copyOf(shape);
    }

    static Weight trainable(String name, long... shape) {
        return new Weight(name, java.util.Arrays.stream(shape).boxed().toList(), true);
    }

    static Weight running(String name, long size) {
        return new Weight(name, List.of(size), false);
    }

    /** How many numbers it has. */
    public long elements() {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }
}
