package org.cnnzoo.build.kernel;

import java.util.ArrayList;
import java.util.List;
import org.cnnzoo.network.Conv2d;
import org.cnnzoo.network.Shape;
import org.cnnzoo.network.Window;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * 2-d convolution: full, grouped or depthwise, with any padding, stride and dilation. Weights are
 * [out, in / groups, kH, kW].
 */
public final class ConvKernel implements Kernel {
    private static final long serialVersionUID = 1L;

    /** ND4J's code for weights [out, in, kH, kW], or [multiplier, in, kH, kW] in depthwise ones. */
    private static final int OUT_FIRST = 1;

    private int in;
    private int out;
    private int groups;
    private boolean bias;
    private @Nullable SlidingWindow window;

    ConvKernel() {} // for JSON

    public ConvKernel(Conv2d conv, Shape input) {
        this(input.channels(), conv.out(), conv.groups(), conv.bias(), conv.window());
    }

    private ConvKernel(int in, int out, int groups, boolean bias, Window window) {
        this.in = in;
        this.out = out;
        this.groups = groups;
        this.bias = bias;
        this.window = new SlidingWindow(window);
    }

    @Override
    public List<Slot> slots() {
        List<Slot> slots = new ArrayList<>();
        slots.add(Slot.trained("weight", out, in / groups, window().kH, window().kW));
        if (bias) {
            slots.add(Slot.trained("bias", out));
        }
        return slots;
    }

    private SlidingWindow window() {
        return java.util.Objects.requireNonNull(window);
    }

    @Override
    public INDArray forward(INDArray x, Pass pass) {
        SlidingWindow w = window();
        INDArray source = w.symmetric() ? x : w.padded(x, 0);
        INDArray y = pass.output(x.size(0), out, w.outH(x.size(2)), w.outW(x.size(3)));
        INDArray weight = spread(pass.weight("weight"));
        if (groups == 1) {
            run("conv2d", List.of(source, weight), List.of(y));
        } else if (depthwise()) {
            run("depthwise_conv2d", List.of(source, byMultiplier(weight)), List.of(y));
        } else {
            for (int g = 0; g < groups; g++) {
                INDArray part = Nd4j.createUninitialized(y.dataType(), groupShape(y, out / groups));
                run(
                        "conv2d",
                        List.of(group(source, g, in / groups), outputs(weight, g)),
                        List.of(part));
                channels(y, g, out / groups).assign(part);
            }
        }
        if (bias) {
            Bias.add(y, pass.weight("bias"));
        }
        return y;
    }

    @Override
    public INDArray backward(INDArray x, INDArray dy, Pass pass) {
        SlidingWindow w = window();
        INDArray source = w.symmetric() ? x : w.padded(x, 0);
        INDArray dSource =
                w.symmetric()
                        ? pass.inputGradient(x.shape())
                        : Nd4j.createUninitialized(x.dataType(), source.shape(), 'c');
        INDArray weight = spread(pass.weight("weight"));
        INDArray dWeight =
                spreads()
                        ? Nd4j.createUninitialized(x.dataType(), weight.shape(), 'c')
                        : pass.gradient("weight");
        if (groups == 1) {
            run("conv2d_bp", List.of(source, weight, dy), List.of(dSource, dWeight));
        } else if (depthwise()) {
            INDArray dByMultiplier =
                    Nd4j.createUninitialized(
                            x.dataType(), new long[] {out / in, in, w.kH, w.kW}, 'c');
            run(
                    "depthwise_conv2d_bp",
                    List.of(source, byMultiplier(weight), dy),
                    List.of(dSource, dByMultiplier));
            dWeight.reshape('c', in, out / in, w.kH, w.kW)
                    .assign(dByMultiplier.permute(1, 0, 2, 3));
        } else {
            for (int g = 0; g < groups; g++) {
                INDArray dPart =
                        Nd4j.createUninitialized(x.dataType(), groupShape(source, in / groups));
                run(
                        "conv2d_bp",
                        List.of(
                                group(source, g, in / groups),
                                outputs(weight, g),
                                group(dy, g, out / groups)),
                        List.of(dPart, outputs(dWeight, g)));
                channels(dSource, g, in / groups).assign(dPart);
            }
        }
        if (spreads()) {
            pass.gradient("weight").assign(taps(dWeight));
        }
        if (bias) {
            Bias.gradient(dy, pass.gradient("bias"));
        }
        return w.symmetric() ? dSource : pass.inputGradient(x.shape()).assign(w.inner(dSource, x));
    }

    /** Whether weights are written out with zeros between their taps. */
    private boolean spreads() {
        // ND4J's oneDNN convolution refuses dilation, its depthwise one does not
        return !depthwise() && (window().dH > 1 || window().dW > 1);
    }

    private INDArray spread(INDArray weight) {
        if (!spreads()) {
            return weight;
        }
        INDArray spread =
                Nd4j.zeros(
                        weight.dataType(),
                        weight.size(0),
                        weight.size(1),
                        window().reachH(),
                        window().reachW());
        taps(spread).assign(weight);
        return spread;
    }

    /** The taps of spread weights: a view. */
    private INDArray taps(INDArray spread) {
        return spread.get(
                NDArrayIndex.all(),
                NDArrayIndex.all(),
                NDArrayIndex.interval(0, window().dH, spread.size(2)),
                NDArrayIndex.interval(0, window().dW, spread.size(3)));
    }

    private boolean depthwise() {
        return groups > 1 && groups == in;
    }

    /** Weights [in multiplier, 1, kH, kW] as ND4J's [multiplier, in, kH, kW]. */
    private INDArray byMultiplier(INDArray weight) {
        SlidingWindow w = window();
        if (out == in) {
            return weight.reshape('c', 1, in, w.kH, w.kW);
        }
        return weight.reshape('c', in, out / in, w.kH, w.kW).permute(1, 0, 2, 3).dup('c');
    }

    private INDArray outputs(INDArray weight, int group) {
        // through the flat array: ND4J's slices of 4-d views lose their buffer in some shapes
        long length = weight.length() / groups;
        return weight.reshape(weight.length())
                .get(NDArrayIndex.interval(group * length, (group + 1) * length))
                .reshape('c', out / groups, in / groups, weight.size(2), weight.size(3));
    }

    private static INDArray channels(INDArray maps, int group, int size) {
        return maps.get(
                NDArrayIndex.all(),
                NDArrayIndex.interval((long) group * size, (long) (group + 1) * size),
                NDArrayIndex.all(),
                NDArrayIndex.all());
    }

    private static INDArray group(INDArray maps, int group, int size) {
        return channels(maps, group, size).dup('c');
    }

    private static long[] groupShape(INDArray maps, int channels) {
        return new long[] {maps.size(0), channels, maps.size(2), maps.size(3)};
    }

    private void run(String op, List<INDArray> inputs, List<INDArray> outputs) {
        SlidingWindow w = window();
        int padH = w.symmetric() ? w.top : 0;
        int padW = w.symmetric() ? w.left : 0;
        boolean spread = spreads();
        Nd4j.exec(
                DynamicCustomOp.builder(op)
                        .addInputs(inputs.toArray(INDArray[]::new))
                        .addOutputs(outputs.toArray(INDArray[]::new))
                        .addIntegerArguments(
                                spread ? w.reachH() : w.kH,
                                spread ? w.reachW() : w.kW,
                                w.sH,
                                w.sW,
                                padH,
                                padW,
                                spread ? 1 : w.dH,
                                spread ? 1 : w.dW,
                                0,
                                0,
                                OUT_FIRST)
                        .build());
    }
}
