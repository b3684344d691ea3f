package org.cnnzoo.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.run.FlatVector;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * An {@link Optimizer} with its state, applied to a flat vector of parameters in one pass.
 *
 * <p>Running statistics are not its business but travel in the same vector: {@code value -=
 * gradient}, whatever the learning rate, the decay and the gradient's scale.
 */
final class FlatOptimizer {
    private final Optimizer rule;
    private final Pieces pieces;
    private final List<FlatVector> state;
    private final ThreadLocal<Slice> slices;
    private long steps;

    /**
     * @param length of the flat vector
     */
    FlatOptimizer(Optimizer rule, List<Span> spans, long length) {
        this.rule = rule;
        this.pieces = new Pieces(spans);
        this.state = new ArrayList<>();
        for (String slot : rule.slots()) {
            INDArray vector = Nd4j.createUninitializedDetached(DataType.FLOAT, length);
            vector.assign(rule.initial(slot));
            state.add(FlatVector.of(vector));
        }
        this.slices = ThreadLocal.withInitial(() -> new Slice(rule.slots().size()));
    }

    /**
     * One step.
     *
     * @param gradientScale what gradients are multiplied with first, for clipping
     */
    void step(FlatVector values, FlatVector gradients, double lr, double gradientScale) {
        steps++;
        pieces.forEach(
                (index, piece) -> {
                    Slice slice = slices.get();
                    for (long done = 0; done < piece.length(); done += Slice.CAPACITY) {
                        int size = (int) Math.min(Slice.CAPACITY, piece.length() - done);
                        slice.resize(size);
                        long at = piece.offset() + done;
                        values.read(at, slice.values(), size);
                        gradients.read(at, slice.gradients(), size);
                        if (piece.trained()) {
                            train(slice, at, lr * piece.rate(), piece.decay(), gradientScale);
                        } else {
                            subtract(slice);
                        }
                        values.write(at, slice.values(), size);
                    }
                });
    }

    private void train(Slice slice, long at, double lr, double decay, double gradientScale) {
        if (gradientScale != 1) {
            float[] g = slice.gradients();
            float scale = (float) gradientScale;
            for (int i = 0; i < slice.size(); i++) {
                g[i] *= scale;
            }
        }
        for (int s = 0; s < state.size(); s++) {
            state.get(s).read(at, slice.state(s), slice.size());
        }
        rule.update(slice, lr, decay, steps);
        for (int s = 0; s < state.size(); s++) {
            state.get(s).write(at, slice.state(s), slice.size());
        }
    }

    /** Moves the running statistics alone; the next {@link #step} finds nothing left of them. */
    void moveStatistics(FlatVector values, FlatVector gradients) {
        pieces.forEach(
                (index, piece) -> {
                    if (piece.trained()) {
                        return;
                    }
                    Slice slice = slices.get();
                    for (long done = 0; done < piece.length(); done += Slice.CAPACITY) {
                        int size = (int) Math.min(Slice.CAPACITY, piece.length() - done);
                        slice.resize(size);
                        long at = piece.offset() + done;
                        values.read(at, slice.values(), size);
                        gradients.read(at, slice.gradients(), size);
                        subtract(slice);
                        values.write(at, slice.values(), size);
                        gradients.write(at, new float[size], size);
                    }
                });
    }

    private static void subtract(Slice slice) {
        float[] p = slice.values();
        float[] g = slice.gradients();
        for (int i = 0; i < slice.size(); i++) {
            p[i] -= g[i];
        }
    }

    /** The state vectors by name, live. */
    SortedMap<String, INDArray> state() {
        SortedMap<String, INDArray> vectors = new TreeMap<>();
        for (int s = 0; s < state.size(); s++) {
            vectors.put(rule.slots().get(s), state.get(s).array());
        }
        return vectors;
    }

    /**
     * Goes on from another's state.
     *
     * @param stepsDone how many steps that one had done
     * @throws BadInput if it was another kind of optimiser
     */
    void restore(SortedMap<String, INDArray> vectors, long stepsDone) {
        SortedMap<String, INDArray> mine = state();
        if (!mine.keySet().equals(vectors.keySet())) {
            throw new BadInput(
                    "the checkpoint holds another optimiser's state: %s, where %s is needed"
                            .formatted(vectors.keySet(), mine.keySet()));
        }
        mine.forEach((name, vector) -> vector.assign(vectors.get(name)));
        this.steps = stepsDone;
    }

    /** Has so many steps behind it, which others did; Adam's rate depends on them. */
    void stepsDone(long count) {
        steps = count;
    }

    /** The global norm of the gradients of all that is trained, summed in double. */
    double gradientNorm(FlatVector gradients) {
        double[] sums = new double[pieces.count()];
        pieces.forEach(
                (index, piece) -> {
                    if (piece.trained()) {
                        sums[index] = squares(gradients, piece);
                    }
                });
        return Math.sqrt(Arrays.stream(sums).reduce(0, Double::sum));
    }

    private double squares(FlatVector gradients, Span piece) {
        Slice slice = slices.get();
        float[] g = slice.gradients();
        double sum = 0;
        for (long done = 0; done < piece.length(); done += Slice.CAPACITY) {
            int size = (int) Math.min(Slice.CAPACITY, piece.length() - done);
            gradients.read(piece.offset() + done, g, size);
            for (int i = 0; i < size; i++) {
                sum += (double) g[i] * g[i];
            }
        }
        return sum;
    }
}
