package org.cnnzoo.weights.tensors;

import java.util.List;
import java.util.function.Supplier;

/**
 * A named array whose values are fetched when they are asked for.
 *
 * @param name as the file has it, {@code features.0.weight}
 * @param shape sizes, outermost first; empty for a single value
 * @param dtype the type of the values in the file, {@code F16}; what is handed out is always float
 * @param source gives a fresh array in row-major order at each call
 */
public record Tensor(String name, List<Long> shape, String dtype, Supplier<float[]> source) {
    public Tensor {
        shape = List.copyOf(shape);
    }

    /**
     * An array in memory.
     *
     * @throws IllegalArgumentException if {@code values} are not as many as the shape says
     */
    public static Tensor of(String name, List<Long> shape, float[] values) {
        Tensor tensor = new Tensor(name, shape, Dtype.F32.name(), values::clone);
        tensor.checkLength(values);
        return tensor;
    }

    /** How many values: the product of the shape. */
    public long count() {
        return Shape.count(shape);
    }

    /**
     * The values in row-major order, a new array at each call. Values of other types are rounded to
     * the nearest float: F16, BF16 and whole numbers up to 2^24 exactly.
     *
     * @throws org.cnnzoo.errors.WorkFailed if the file can't be read
     */
    public float[] values() {
        float[] values = source.get();
        checkLength(values);
        return values;
    }

    private void checkLength(float[] values) {
        if (values.length != count()) {
            throw new IllegalArgumentException(
                    "%d values for %s of %s".formatted(values.length, name, Shape.text(shape)));
        }
    }
}
