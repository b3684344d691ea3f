package org.cnnzoo.network;

import java.util.List;

/** x where positive, else a trained slope times x, one slope for each channel or one for all. */
public record PRelu(double init, boolean shared) implements Operation {

    @Override
    public String type() {
        return "prelu";
    }

    @Override
    public Object computation() {
        return shared;
    }

    @Override
    public Shape output(List<Shape> inputs) {
        return inputs.get(0);
    }

    @Override
    public List<Weight> weights(List<Shape> inputs) {
        return List.of(Weight.trainable("weight", shared ? 1 : inputs.get(0).channels()));
    }
}
