package org.cnnzoo.network;

import static java.util.Map.entry;

import java.util.Map;
import org.cnnzoo.spec.Activation;
import org.cnnzoo.spec.ActivationKind;
import org.cnnzoo.spec.Arguments;
import org.cnnzoo.spec.ChannelCount;
import org.cnnzoo.spec.Layer;
import org.cnnzoo.spec.Padding;
import org.cnnzoo.spec.Size;

/** From the words of a file to operations. */
final class OperationFactory {
    private static final Size ONE = Size.square(1);

    /** What a word needs to know besides its arguments. */
    interface Surroundings {
        /** The shape that arrives at the word. */
        Shape in();

        /** The number that a channel count stands for here. */
        int channels(ChannelCount count);
    }

    private interface Maker {
        Operation make(Arguments a, Surroundings s);
    }

    private static final Map<String, Maker> MAKERS =
            Map.ofEntries(
                    entry("conv", OperationFactory::conv),
                    entry("depthwise", OperationFactory::depthwise),
                    entry(
                            "dense",
                            (a, s) ->
                                    new Dense(
                                            s.channels(a.channels("out")),
                                            a.flag("bias"),
                                            a.init("init"),
                                            a.number("bias_init"))),
                    entry(
                            "bn",
                            (a, s) ->
                                    new BatchNorm(
                                            a.number("eps"),
                                            a.number("decay"),
                                            a.number("gamma_init"),
                                            a.flag("affine"))),
                    entry(
                            "group_norm",
                            (a, s) -> new GroupNorm(a.integer("groups"), a.number("eps"))),
                    entry("layer_norm", (a, s) -> new LayerNorm(a.number("eps"))),
                    entry(
                            "lrn",
                            (a, s) ->
                                    new LocalResponseNorm(
                                            a.integer("size"),
                                            a.number("alpha"),
                                            a.number("beta"),
                                            a.number("k"),
                                            a.flag("divide_alpha"))),
                    entry("max_pool", (a, s) -> pool(true, a, s)),
                    entry("avg_pool", (a, s) -> pool(false, a, s)),
                    entry("global_avg_pool", (a, s) -> new GlobalPool(false)),
                    entry("global_max_pool", (a, s) -> new GlobalPool(true)),
                    entry("adaptive_avg_pool", (a, s) -> new AdaptiveAvgPool(a.size("size"))),
                    entry("dropout", (a, s) -> dropout(a, Dropout.Unit.VALUE)),
                    entry("spatial_dropout", (a, s) -> dropout(a, Dropout.Unit.CHANNEL)),
                    entry("drop_path", (a, s) -> dropout(a, Dropout.Unit.IMAGE)),
                    entry("flatten", (a, s) -> new Flatten()),
                    entry("channel_shuffle", (a, s) -> new ChannelShuffle(a.integer("groups"))),
                    entry(
                            "slice",
                            (a, s) ->
                                    new ChannelSlice(
                                            s.channels(a.channels("from")),
                                            a.has("to")
                                                    ? s.channels(a.channels("to"))
                                                    : s.in().channels())),
                    entry("zero_pad", OperationFactory::zeroPad),
                    entry("scale", (a, s) -> new Scale(a.number("by"))),
                    entry("layer_scale", (a, s) -> new LayerScale(a.number("init"))),
                    entry("prelu", (a, s) -> new PRelu(a.number("init"), a.flag("shared"))),
                    entry("upsample", (a, s) -> new Upsample(a.size("factor"))),
                    entry("softmax", (a, s) -> new Softmax()));

    private OperationFactory() {}

    static Operation make(Layer.Single layer, Surroundings surroundings) {
        String word = layer.word().name();
        Arguments a = layer.arguments();
        Maker maker = MAKERS.get(word);
        if (maker != null) {
            return maker.make(a, surroundings);
        }
        ActivationKind kind =
                ActivationKind.of(word)
                        .orElseThrow(() -> new IllegalStateException("no operation for " + word));
        return new Activate(new Activation(kind, kind.hasParameter() ? a.number("alpha") : 0));
    }

    private static Operation conv(Arguments a, Surroundings s) {
        return new Conv2d(
                s.channels(a.channels("out")),
                Window.over(
                        Operation.maps(java.util.List.of(s.in()), "conv"),
                        a.size("kernel"),
                        a.size("stride"),
                        a.padding("padding"),
                        a.size("dilation"),
                        false),
                s.channels(a.channels("groups")),
                a.flag("bias"),
                a.init("init"),
                a.number("bias_init"));
    }

    private static Operation depthwise(Arguments a, Surroundings s) {
        Shape in = Operation.maps(java.util.List.of(s.in()), "depthwise");
        return new Conv2d(
                Math.multiplyExact(in.channels(), a.integer("multiplier")),
                Window.over(
                        in,
                        a.size("kernel"),
                        a.size("stride"),
                        a.padding("padding"),
                        a.size("dilation"),
                        false),
                in.channels(),
                a.flag("bias"),
                a.init("init"),
                a.number("bias_init"));
    }

    private static Operation pool(boolean max, Arguments a, Surroundings s) {
        Size kernel = a.size("kernel");
        return new Pool(
                max,
                Window.over(
                        s.in(),
                        kernel,
                        a.has("stride") ? a.size("stride") : kernel,
                        a.padding("padding"),
                        ONE,
                        a.flag("ceil")),
                !max && a.flag("include_padding"));
    }

    private static Operation dropout(Arguments a, Dropout.Unit unit) {
        return new Dropout(a.number("rate"), unit);
    }

    private static Operation zeroPad(Arguments a, Surroundings s) {
        if (a.padding("padding") instanceof Padding.Explicit explicit) {
            return new ZeroPad(explicit);
        }
        throw new ShapeMismatch("zero_pad needs numbers of pixels");
    }
}
