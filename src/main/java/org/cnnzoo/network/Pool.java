package org.cnnzoo.network;

import java.util.List;

/**
 * Maximum or mean over windows, [C, H, W] to [C, H', W'].
 *
 * @param max the maximum, else the mean
 * @param includePadding whether padded pixels count in a mean, as PyTorch's count_include_pad
 */
public record Pool(boolean max, Window window, boolean includePadding) implements Operation {

    @Override
    public String type() {
        return max ? "max_pool" : "avg_pool";
    }

    @Override
    public Shape output(List<Shape> inputs) {
        Shape in = Operation.maps(inputs, type());
        var p = window.padding();
        var k = window.kernel();
        if (Math.max(p.top(), p.bottom()) >= k.height()
                || Math.max(p.left(), p.right()) >= k.width()) {
            throw new ShapeMismatch("a window must not lie wholly in the padding");
        }
        return Shape.maps(
                in.channels(), window.outputHeight(in.height()), window.outputWidth(in.width()));
    }

    @Override
    public String details() {
        return window.describe();
    }
}
