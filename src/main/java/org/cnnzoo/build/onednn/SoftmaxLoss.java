package org.cnnzoo.build.onednn;

import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Softmax cross-entropy of logits against rows of targets, averaged over the batch, times a weight;
 * as {@link org.cnnzoo.build.CrossEntropy} has it.
 */
final class SoftmaxLoss implements Runnable {
    private final Value logits;
    private final Value gradient;
    private final double weight;
    private final int batch;
    private final int classes;
    private final float[] row;
    private float[] targets = {};
    private double loss;
    private @Nullable FloatBuffer from;
    private @Nullable FloatBuffer to;

    /**
     * @param logits [N, classes]
     * @param gradient where the gradient of the loss goes, [N, classes]
     */
    SoftmaxLoss(Value logits, Value gradient, double weight) {
        this.logits = logits;
        this.gradient = gradient;
        this.weight = weight;
        this.batch = Math.toIntExact(logits.dims().get(0));
        this.classes = Math.toIntExact(logits.dims().get(1));
        this.row = new float[classes];
    }

    /** Sets what the next run compares with, row by row. */
    void targets(float[] values) {
        targets = values;
    }

    /** The last run's loss. */
    double loss() {
        return loss;
    }

    /** The last run's logits. */
    float[] logits() {
        float[] copy = new float[batch * classes];
        logits.floats().get(copy);
        return copy;
    }

    @Override
    public void run() {
        if (from == null || to == null) {
            from = logits.floats();
            to = gradient.floats();
        }
        double sum = 0;
        for (int n = 0; n < batch; n++) {
            from.get(n * classes, row);
            sum += one(n);
            to.put(n * classes, row);
        }
        loss = weight * sum / batch;
    }

    /** The loss of one image; {@code row}'s logits become the gradient. */
    private double one(int n) {
        float max = Float.NEGATIVE_INFINITY;
        for (float value : row) {
            // a NaN becomes the maximum, and so the loss
            max = Math.max(max, value);
        }
        double sum = 0;
        for (float value : row) {
            sum += Math.exp((double) value - max);
        }
        double logSum = Math.log(sum);
        double loss = 0;
        double share = 0;
        for (int c = 0; c < classes; c++) {
            share += targets[n * classes + c];
        }
        for (int c = 0; c < classes; c++) {
            float target = targets[n * classes + c];
            double log = (double) row[c] - max - logSum;
            if (target != 0) {
                loss -= target * log;
            }
            row[c] = (float) ((share * Math.exp(log) - target) * weight / batch);
        }
        return loss;
    }
}
