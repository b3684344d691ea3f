package org.cnnzoo.network;

import java.util.List;

/** Each channel times a trained factor (Touvron 2021). */
public record LayerScale(double init) implements Operation {

    @Override
    public String type() {
        return "layer_scale";
    }

    @Override
    public Object computation() {
        return type();
    }

    @Override
    public Shape output(List<Shape> inputs) {
        return inputs.get(0);
    }

    @Override
    public List<Weight> weights(List<Shape> inputs) {
        return List.of(Weight.trainable("weight", inputs.get(0).channels()));
    }
}
