package org.cnnzoo.network;

import java.util.List;

/** Softmax over the channels at each pixel. */
public record Softmax() implements Operation {

    @Override
    public String type() {
        return "softmax";
    }

    @Override
    public Shape output(List<Shape> inputs) {
        return inputs.get(0);
    }
}
