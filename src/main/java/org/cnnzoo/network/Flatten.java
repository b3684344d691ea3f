package org.cnnzoo.network;

import java.util.List;

/** [C, H, W] to [C H W], channel by channel, row by row. */
public record Flatten() implements Operation {

    @Override
    public String type() {
        return "flatten";
    }

    @Override
    public Shape output(List<Shape> inputs) {
        return Shape.vector(Math.toIntExact(inputs.get(0).elements()));
    }
}
