package org.cnnzoo.network;

import java.util.List;

/** Layer normalisation over the channels at each pixel, with scale and shift (Liu 2022). */
public record LayerNorm(double eps) implements Operation {

    @Override
    public String type() {
        return "layer_norm";
    }

    @Override
    public Shape output(List<Shape> inputs) {
        return inputs.get(0);
    }

    @Override
    public List<Weight> weights(List<Shape> inputs) {
        int channels = inputs.get(0).channels();
        return List.of(Weight.trainable("weight", channels), Weight.trainable("bias", channels));
    }
}
