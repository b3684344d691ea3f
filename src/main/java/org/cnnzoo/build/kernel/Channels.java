package org.cnnzoo.build.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Arithmetic between maps [N, C, H, W] or vectors [N, C] and one number for each channel. */
final class Channels {
    private Channels() {}

    /** The numbers [C], or a single one, broadcast to the shape of {@code like}. */
    static INDArray spread(INDArray numbers, INDArray like) {
        long[] shape = new long[like.rank()];
        java.util.Arrays.fill(shape, 1);
        shape[1] = numbers.length();
        return numbers.reshape('c', shape).broadcast(like.shape());
    }

    /** Sums over all but the channels into {@code result} [C]. */
    static void sum(INDArray values, INDArray result) {
        if (values.rank() == 2) {
            values.sum(result, 0);
        } else {
            values.sum(result, 0, 2, 3);
        }
    }
}
