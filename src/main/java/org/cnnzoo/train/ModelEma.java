package org.cnnzoo.train;

import java.util.List;
import org.cnnzoo.run.FlatVector;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The exponential moving average of parameters and running statistics: {@code average = decay
 * average + (1 - decay) value} after each step, as PyTorch's AveragedModel with buffers.
 */
final class ModelEma {
    private static final int SLICE = Slice.CAPACITY;

    private final float decay;
    private final FlatVector average;
    private final Pieces pieces;

    ModelEma(double decay, long length) {
        this.decay = (float) decay;
        this.average = FlatVector.of(Nd4j.createUninitializedDetached(DataType.FLOAT, length));
        this.pieces = new Pieces(List.of(new Span(0, length, true, 0, 1)));
    }

    /** The average [P], live. */
    INDArray average() {
        return average.array();
    }

    /** Starts anew from these values. */
    void reset(FlatVector values) {
        pairs(values, (v, a, size) -> System.arraycopy(v, 0, a, 0, size), false);
    }

    /** Takes in the values after a step. */
    void update(FlatVector values) {
        float rest = (float) (1 - (double) decay);
        pairs(
                values,
                (v, a, size) -> {
                    for (int i = 0; i < size; i++) {
                        a[i] = decay * a[i] + rest * v[i];
                    }
                },
                false);
    }

    /** Exchanges the average and the values: to evaluate the one, then to train on the other. */
    void swap(FlatVector values) {
        pairs(
                values,
                (v, a, size) -> {
                    for (int i = 0; i < size; i++) {
                        float value = v[i];
                        v[i] = a[i];
                        a[i] = value;
                    }
                },
                true);
    }

    private interface Pair {
        void combine(float[] values, float[] averages, int size);
    }

    private void pairs(FlatVector values, Pair pair, boolean writeValues) {
        pieces.forEach(
                (index, piece) -> {
                    float[] v = new float[SLICE];
                    float[] a = new float[SLICE];
                    for (long done = 0; done < piece.length(); done += SLICE) {
                        long at = piece.offset() + done;
                        int size = (int) Math.min(SLICE, piece.length() - done);
                        values.read(at, v, size);
                        average.read(at, a, size);
                        pair.combine(v, a, size);
                        average.write(at, a, size);
                        if (writeValues) {
                            values.write(at, v, size);
                        }
                    }
                });
    }
}
