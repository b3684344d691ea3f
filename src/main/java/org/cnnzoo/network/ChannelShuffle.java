package org.cnnzoo.network;

import java.util.List;

/** Interleaves groups of channels: [g, C / g] transposed to [C / g, g] (Zhang 2017). */
public record ChannelShuffle(int groups) implements Operation {

    @Override
    public String type() {
        return "channel_shuffle";
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
    public String details() {
        return "groups " + groups;
    }
}
