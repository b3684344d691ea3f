package org.cnnzoo.network;

import java.util.List;

/**
 * Group normalisation (Wu and He 2018): over H, W and the channels of a group, with scale and
 * shift.
 */
public record GroupNorm(int groups, double eps) implements Operation {

    @Override
    public String type() {
        return "group_norm";
    }

    @Override
    public Shape output(List<Shape> inputs) {
        Shape in = Operation.maps(inputs, type());
        if (in.channels() % groups != 0) {
            throw new ShapeMismatch(groups + " groups can't share " + in.channels() + " channels");
        }
        return in;
    }

    @Override
    public List<Weight> weights(List<Shape> inputs) {
        int channels = inputs.get(0).channels();
        return List.of(Weight.trainable("weight", channels), Weight.trainable("bias", channels));
    }

    @Override
    public String details() {
        return "groups " + groups;
    }
}
