package org.cnnzoo.network;

import java.util.List;
import org.cnnzoo.spec.Size;

/** Each pixel repeated (nearest neighbour). */
public record Upsample(Size factor) implements Operation {

    @Override
    public String type() {
        return "upsample";
    }

    @Override
    public Shape output(List<Shape> inputs) {
        Shape in = Operation.maps(inputs, type());
        return Shape.maps(
                in.channels(),
                Math.multiplyExact(in.height(), factor.height()),
                Math.multiplyExact(in.width(), factor.width()));
    }
}
