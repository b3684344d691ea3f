package org.cnnzoo.network;

import java.util.List;
import org.cnnzoo.spec.Padding;

/** Borders of zeros. */
public record ZeroPad(Padding.Explicit padding) implements Operation {

    @Override
    public String type() {
        return "zero_pad";
    }

    @Override
    public Shape output(List<Shape> inputs) {
        Shape in = Operation.maps(inputs, type());
        return Shape.maps(
                in.channels(),
                in.height() + padding.top() + padding.bottom(),
                in.width() + padding.left() + padding.right());
    }
}
