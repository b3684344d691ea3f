package org.cnnzoo.network;

import java.util.List;
import org.cnnzoo.spec.Activation;

/** An activation function on every value. */
public record Activate(Activation activation) implements Operation {

    @Override
    public String type() {
        return activation.kind().word();
    }

    @Override
    public Shape output(List<Shape> inputs) {
        return inputs.get(0);
    }

    @Override
    public String details() {
        return activation.kind().hasParameter() ? "alpha " + activation.alpha() : "";
    }
}
