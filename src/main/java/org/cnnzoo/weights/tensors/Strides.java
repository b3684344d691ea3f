package org.cnnzoo.weights.tensors;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Steps from one value to the next along each axis, counted in values. */
final class Strides {
    private Strides() {}

    /** The last axis is the fastest, as in C. */
    static List<Long> rowMajor(List<Long> shape) {
        List<Long> strides = new ArrayList<>();
        long step = 1;
        for (int axis = shape.size() - 1; axis >= 0; axis--) {
            strides.add(step);
            step *= shape.get(axis);
        }
        Collections.reverse(strides);
        return strides;
    }

    /** The first axis is the fastest, as in Fortran. */
    static List<Long> columnMajor(List<Long> shape) {
        List<Long> strides = new ArrayList<>();
        long step = 1;
        for (long size : shape) {
            strides.add(step);
            step *= size;
        }
        return strides;
    }

    /** Whether the values lie one behind the other; the stride of an axis of size 1 is no step. */
    static boolean areRowMajor(List<Long> shape, List<Long> strides) {
        List<Long> right = rowMajor(shape);
        for (int axis = 0; axis < shape.size(); axis++) {
            if (shape.get(axis) != 1 && !strides.get(axis).equals(right.get(axis))) {
                return false;
            }
        }
        return true;
    }

    /**
     * How many values lie from the first to the last, both counted; 0 for an empty array.
     *
     * @throws ArithmeticException if that is more than a long holds
     */
    static long span(List<Long> shape, List<Long> strides) {
        if (shape.contains(0L)) {
            return 0;
        }
        long span = 1;
        for (int axis = 0; axis < shape.size(); axis++) {
            span = Math.addExact(span, Math.multiplyExact(shape.get(axis) - 1, strides.get(axis)));
        }
        return span;
    }

    /** The values of a window in row-major order; its first value is {@code from[0]}. */
    static float[] gather(float[] from, List<Long> shape, List<Long> strides) {
        float[] values = new float[(int) Shape.count(shape)];
        long[] sizes = shape.stream().mapToLong(Long::longValue).toArray();
        long[] steps = strides.stream().mapToLong(Long::longValue).toArray();
        long[] index = new long[sizes.length];
        long at = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = from[(int) at];
            for (int axis = index.length - 1; axis >= 0; axis--) {
                at += steps[axis];
                if (++index[axis] < sizes[axis]) {
                    break;
                }
                at -= steps[axis] * sizes[axis];
                index[axis] = 0;
            }
        }
        return values;
    }
}
