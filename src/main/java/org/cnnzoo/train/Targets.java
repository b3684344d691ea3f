package org.cnnzoo.train;

import org.cnnzoo.run.FlatVector;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What the network is to answer, [N, classes], such that the mean over the rows of {@code -sum
 * target * log probability} is PyTorch's {@code CrossEntropyLoss(weight, label_smoothing)}.
 *
 * <p>A row is {@code (1 - smoothing) * one-hot + smoothing / classes}, each class times its weight,
 * and all rows divided by the mean weight of the batch's labels. With weights a row's sum isn't 1,
 * and the gradient at the logits is {@code (sum of the row * probability - target) / N}.
 */
public final class Targets {
    private final double smoothing;
    private final double[] weights;
    private @Nullable INDArray whole;

    /**
     * @param smoothing share of a label that is spread over all classes
     * @param weights one a class
     */
    public Targets(double smoothing, double[] weights) {
        this.smoothing = smoothing;
        this.weights = weights.clone();
    }

    /** The targets of these labels, [N, classes], valid until the next call. */
    public INDArray of(int[] labels) {
        return of(labels, 1);
    }

    /**
     * The targets of mixed images: {@code share} of an image's own target and the rest of that of
     * the one before it.
     *
     * @param share 0..1
     */
    public INDArray of(int[] labels, double share) {
        INDArray array = whole;
        if (array == null || array.size(0) != labels.length) {
            array = Nd4j.createUninitializedDetached(DataType.FLOAT, labels.length, weights.length);
            if (whole == null || whole.size(0) < labels.length) {
                whole = array;
            }
        }
        float[] rows = rows(labels);
        if (share != 1) {
            rows = mixed(rows, share);
        }
        FlatVector.of(array).write(0, rows, rows.length);
        return array;
    }

    private float[] mixed(float[] rows, double share) {
        float[] mixed = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            int before = (i + rows.length - weights.length) % rows.length;
            mixed[i] = (float) (share * rows[i] + (1 - share) * rows[before]);
        }
        return mixed;
    }

    private float[] rows(int[] labels) {
        int classes = weights.length;
        double mean = 0;
        for (int label : labels) {
            mean += weights[label] / labels.length;
        }
        float[] rows = new float[labels.length * classes];
        for (int n = 0; n < labels.length; n++) {
            for (int c = 0; c < classes; c++) {
                double share = smoothing / classes + (c == labels[n] ? 1 - smoothing : 0);
                rows[n * classes + c] = (float) (share * weights[c] / mean);
            }
        }
        return rows;
    }
}
