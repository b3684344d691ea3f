package org.cnnzoo.build.kernel;

import java.util.Arrays;
import java.util.List;

/**
 * An array that a kernel owns.
 *
 * @param name PyTorch's name for it
 * @param shape sizes, in C order
 * @param trained false for running statistics
 */
public record Slot(String name, List<Long> shape, boolean trained) {

    public Slot {
        shape = List.copyOf(shape);
    }

    static Slot trained(String name, long... shape) {
        return new Slot(name, Arrays.stream(shape).boxed().toList(), true);
    }

    static Slot running(String name, long size) {
        return new Slot(name, List.of(size), false);
    }

    /** The sizes as ND4J takes them. */
    public long[] sizes() {
        return shape.stream().mapToLong(Long::longValue).toArray();
    }

    /** How many numbers it has. */
    public long length() {
        return shape.stream().reduce(1L, (a, b) -> a * b);
    }
}
