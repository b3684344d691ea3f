package org.cnnzoo.network;

import java.util.ArrayList;
import java.util.List;

/**
 * Batch normalisation of each channel (Ioffe and Szegedy 2015).
 *
 * @param decay of the running averages
 * @param gamma what scales start at
 * @param affine whether scale and shift are trained
 * @param frozen whether training normalises by the running statistics too and leaves them as they
 *     are, as in fine-tuning on small batches
 */
public record BatchNorm(double eps, double decay, double gamma, boolean affine, boolean frozen)
        implements Operation {

    /** One that normalises by the batch in training. */
    public BatchNorm(double eps, double decay, double gamma, boolean affine) {
        this(eps, decay, gamma, affine, false);
    }

    /** The same with its running statistics fixed. */
    public BatchNorm freeze() {
        return new BatchNorm(eps, decay, gamma, affine, true);
    }

    @Override
    public String type() {
        return "bn";
    }

    @Override
    public Object computation() {
        return List.of(eps, affine);
    }

    @Override
    public Shape output(List<Shape> inputs) {
        return inputs.get(0);
    }

    @Override
    public List<Weight> weights(List<Shape> inputs) {
        int channels = inputs.get(0).channels();
        List<Weight> weights = new ArrayList<>();
        if (affine) {
            weights.add(Weight.trainable("weight", channels));
            weights.add(Weight.trainable("bias", channels));
        }
        weights.add(Weight.running("running_mean", channels));
        weights.add(Weight.running("running_var", channels));
        return weights;
    }
}
