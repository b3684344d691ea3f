package org.cnnzoo.network;

import java.util.List;
import org.cnnzoo.spec.Size;

/**
 * Mean over windows chosen so that the output has a given size, as PyTorch's AdaptiveAvgPool2d:
 * output pixel i covers floor(i H / h) to ceil((i + 1) H / h).
 */
public record AdaptiveAvgPool(Size size) implements Operation {

    @Override
    public String type() {
        return "adaptive_avg_pool";
    }

    @Override
    public Shape output(List<Shape> inputs) {
        Shape in = Operation.maps(inputs, type());
        return Shape.maps(in.channels(), size.height(), size.width());
    }

    @Override
    public String details() {
        return "to " + size.height() + "x" + size.width();
    }
}
