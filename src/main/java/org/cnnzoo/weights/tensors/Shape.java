package org.cnnzoo.weights.tensors;

import java.util.List;
import java.util.stream.Collectors;

/** Sizes of an array, outermost first. */
final class Shape {
    /** PyTorch's own limit. */
    private static final int MOST_AXES = 64;

    /** The longest Java array, with the room that virtual machines want. */
    static final long MOST_VALUES = Integer.MAX_VALUE - 8;

    private Shape() {}

    /**
     * The product of the sizes, 1 for none.
     *
     * @throws ArithmeticException if it is more than a long holds
     */
    static long count(List<Long> shape) {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }

    /**
     * The product of the sizes that stand in a file.
     *
     * @throws DamagedFile if one is negative, or the product is more than an array holds
     */
    static int checkedCount(List<Long> shape) throws DamagedFile {
        if (shape.size() > MOST_AXES) {
            throw new DamagedFile(shape.size() + " axes; at most " + MOST_AXES + " are right");
        }
        for (long size : shape) {
            if (size < 0) {
                throw new DamagedFile("a shape of " + text(shape));
            }
        }
        long count;
        try {
            count = count(shape);
        } catch (ArithmeticException e) {
            throw new DamagedFile("a shape of " + text(shape) + " overflows", e);
        }
        if (count > MOST_VALUES) {
            throw new DamagedFile("a shape of " + text(shape) + ", more than an array holds");
        }
        return (int) count;
    }

    /** {@code [64, 3, 7, 7]}. */
    static String text(List<Long> shape) {
        return shape.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
    }
}
