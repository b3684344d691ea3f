package org.cnnzoo.network;

import java.util.List;

/** Maximum or mean over all pixels, [C, H, W] to [C, 1, 1]. */
public record GlobalPool(boolean max) implements Operation {

    @Override
    public String type() {
        return max ? "global_max_pool" : "global_avg_pool";
    }

    @Override
    public Shape output(List<Shape> inputs) {
        return Shape.maps(Operation.maps(inputs, type()).channels(), 1, 1);
    }
}
