package org.cnnzoo.network;

import java.util.List;

/** The channels {@code from} (inclusive) to {@code to} (exclusive). */
public record ChannelSlice(int from, int to) implements Operation {

    @Override
    public String type() {
        return "slice";
    }

    @Override
    public Shape output(List<Shape> inputs) {
        Shape in = inputs.get(0);
        if (from >= to || to > in.channels()) {
            throw new ShapeMismatch(
                    "channels " + from + " to " + to + " are not among " + in.channels());
        }
        return in.flat() ? Shape.vector(to - from) : in.withChannels(to - from);
    }

    @Override
    public String details() {
        return from + " to " + to;
    }
}
