package org.cnnzoo.build.kernel;

import java.util.Map;
import java.util.function.Supplier;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What a kernel works with besides its input: weights, memory, and what it noted going forward. */
public final class Pass {
    private final Map<String, INDArray> weights;
    private final Map<String, INDArray> gradients;
    private final Notes notes;
    private final LayerWorkspaceMgr memory;
    private final DataType type;
    private final boolean training;

    /** What stays from the forward pass to the backward one, and from batch to batch. */
    public static final class Notes {
        private @Nullable Object note;
        private final long seed;
        private long iteration;

        /** Notes of a layer whose random numbers derive from {@code seed}. */
        public Notes(long seed) {
            this.seed = seed;
        }

        /** Sets the step that random numbers derive from. */
        public void iteration(long now) {
            iteration = now;
        }
    }

    public Pass(
            Map<String, INDArray> weights,
            Map<String, INDArray> gradients,
            Notes notes,
            LayerWorkspaceMgr memory,
            DataType type,
            boolean training) {
        this.weights = weights;
        this.gradients = gradients;
        this.notes = notes;
        this.memory = memory;
        this.type = type;
        this.training = training;
    }

    public boolean training() {
        return training;
    }

    /** The layer's seed: its own, derived from the model's. */
    long seed() {
        return notes.seed;
    }

    /** Steps since the training began. */
    long iteration() {
        return notes.iteration;
    }

    INDArray weight(String name) {
        INDArray weight = weights.get(name);
        if (weight == null) {
            throw new IllegalStateException("no weight " + name);
        }
        return weight;
    }

    INDArray gradient(String name) {
        INDArray gradient = gradients.get(name);
        if (gradient == null) {
            throw new IllegalStateException("no gradient of " + name);
        }
        return gradient;
    }

    /** An array for the layer's output, its values undefined. */
    INDArray output(long... shape) {
        return memory.createUninitialized(ArrayType.ACTIVATIONS, type, shape, 'c');
    }

    /** An array for the gradient of the layer's input, its values undefined. */
    INDArray inputGradient(long... shape) {
        return memory.createUninitialized(ArrayType.ACTIVATION_GRAD, type, shape, 'c');
    }

    /** The array that {@code result} holds, as the gradient of the layer's input. */
    INDArray asInputGradient(INDArray result) {
        return memory.leverageTo(ArrayType.ACTIVATION_GRAD, result);
    }

    /** Notes something for the backward pass. */
    void note(Object value) {
        notes.note = value;
    }

    /** What {@link #note} noted. */
    <T> T noted(Class<T> kind) {
        if (notes.note == null) {
            throw new IllegalStateException("backward before forward");
        }
        return kind.cast(notes.note);
    }

    /** What was noted, if it is of that kind, else a new one: for memory that is used again. */
    <T> T notedOr(Class<T> kind, Supplier<T> fresh) {
        if (!kind.isInstance(notes.note)) {
            notes.note = fresh.get();
        }
        return kind.cast(notes.note);
    }
}
