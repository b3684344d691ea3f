package org.cnnzoo.network;

import java.util.List;

/** Every value times a constant (Inception-ResNet scales its residuals so). */
public record Scale(double factor) implements Operation {

    @Override
    public String type() {
        return "scale";
    }

    @Override
    public Shape output(List<Shape> inputs) {
        return inputs.get(0);
    }

    @Override
    public String details() {
        return "by " + factor;
    }
}
