package org.cnnzoo.network;

import java.util.ArrayList;
import java.util.List;
import org.cnnzoo.spec.Init;

/**
 * 2-d convolution, [C, H, W] to [out, H', W']; depthwise where {@code groups} is C. Weights are
 * [out, C / groups, kH, kW] as in PyTorch.
 */
public record Conv2d(int out, Window window, int groups, boolean bias, Init init, double biasInit)
        implements Operation {

    @Override
    public String type() {
        return "conv";
    }

    @Override
    public Object computation() {
        return List.of(out, window, groups, bias);
    }

    @Override
    public Shape output(List<Shape> inputs) {
        Shape in = Operation.maps(inputs, "conv");
        if (in.channels() % groups != 0 || out % groups != 0) {
            throw new ShapeMismatch(
                    groups
                            + " groups can't share "
                            + (in.channels() % groups != 0
                                    ? in.channels() + " input channels"
                                    : out + " output channels"));
        }
        return Shape.maps(out, window.outputHeight(in.height()), window.outputWidth(in.width()));
    }

    @Override
    public List<Weight> weights(List<Shape> inputs) {
        List<Weight> weights = new ArrayList<>();
        weights.add(
                Weight.trainable(
                        "weight",
                        out,
                        inputs.get(0).channels() / groups,
                        window.kernel().height(),
                        window.kernel().width()));
        if (bias) {
            weights.add(Weight.trainable("bias", out));
        }
        return weights;
    }

    @Override
    public long macs(List<Shape> inputs) {
        long taps = (long) window.kernel().height() * window.kernel().width();
        return Math.multiplyExact(
                output(inputs).elements(), inputs.get(0).channels() / groups * taps);
    }

    /** Whether each input channel is convolved by itself. */
    public boolean depthwise(Shape in) {
        return groups > 1 && groups == in.channels();
    }

    @Override
    public String details() {
        return window.describe() + (groups > 1 ? " groups " + groups : "");
    }
}
