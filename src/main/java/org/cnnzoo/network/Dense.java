package org.cnnzoo.network;

import java.util.ArrayList;
import java.util.List;
import org.cnnzoo.spec.Init;

/**
 * Fully connected layer, [n] to [out]; maps are flattened first. Weights are [out, n] as in
 * PyTorch.
 */
public record Dense(int out, boolean bias, Init init, double biasInit) implements Operation {

    @Override
    public String type() {
        return "dense";
    }

    @Override
    public Object computation() {
        return List.of(out, bias);
    }

    @Override
    public Shape output(List<Shape> inputs) {
        return Shape.vector(out);
    }

    @Override
    public List<Weight> weights(List<Shape> inputs) {
        List<Weight> weights = new ArrayList<>();
        weights.add(Weight.trainable("weight", out, inputs.get(0).elements()));
        if (bias) {
            weights.add(Weight.trainable("bias", out));
        }
        return weights;
    }

    @Override
    public long macs(List<Shape> inputs) {
        return Math.multiplyExact(inputs.get(0).elements(), (long) out);
    }
}
