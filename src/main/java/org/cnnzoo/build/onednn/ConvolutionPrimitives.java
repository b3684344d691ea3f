package org.cnnzoo.build.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_convolution_backward_data_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_convolution_backward_weights_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_convolution_direct;
import static org.bytedeco.dnnl.global.dnnl.dnnl_convolution_forward_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_f32;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_inference;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_desc_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_desc_next_impl;
import static org.bytedeco.dnnl.global.dnnl.dnnl_success;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.cnnzoo.build.onednn.Emitter.PostOp;
import org.cnnzoo.build.onednn.Value.Dims;
import org.cnnzoo.network.Conv2d;
import org.cnnzoo.network.Node;
import org.jspecify.annotations.Nullable;

/** The primitives of one convolution: of oneDNN's implementations the fastest that is right. */
final class ConvolutionPrimitives {
    private static final int LARGE_WINDOW = 25;

    private final Node node;
    private final boolean training;
    private final int type;
    private final Geometry geometry;
    private final Dims weightDims;
    private final boolean depthwise;
    private final boolean smallMaps;
    private final List<PostOp> postOps;
    private final @Nullable dnnl_memory_desc bias;
    private @Nullable dnnl_primitive_desc forward;

    /**
     * @param biased whether something is added to each channel
     * @param postOps what the forward one does to its result
     */
    ConvolutionPrimitives(
            Node node, Conv2d conv, Emitter emitter, boolean biased, List<PostOp> postOps) {
        this.node = node;
        this.training = emitter.training();
        this.type = emitter.form().type();
        this.postOps = postOps;
        this.geometry = Geometry.of(conv.window(), node.inputShapes().get(0), node.output());
        this.bias = biased ? Emitter.plain(Dims.of(conv.out())) : null;
        long in = node.inputShapes().get(0).channels();
        long groups = conv.groups();
        this.depthwise = groups == in;
        this.smallMaps = SmallMapGradient.suits(emitter, conv, geometry, node.inputShapes().get(0));
        Geometry.Ints kernel = geometry.kernel();
        this.weightDims =
                groups == 1
                        ? Dims.of(conv.out(), in, kernel.height(), kernel.width())
                        : Dims.of(
                                groups,
                                conv.out() / groups,
                                in / groups,
                                kernel.height(),
                                kernel.width());
    }

    /** [out, in, height, width], with the groups in front if there are several. */
    Dims weightDims() {
        return weightDims;
    }

    Geometry geometry() {
        return geometry;
    }

    /** Whether {@link SmallMapGradient} is faster than {@link #weightGradient}. */
    boolean isOfSmallMaps() {
        return smallMaps;
    }

    /**
     * Convolves; the other two belong to the last one made.
     *
     * @param from the input in the layout it has
     * @param to the output in the layout wanted
     * @param fixed whether no other will do
     */
    dnnl_primitive_desc forward(Value from, Value to, boolean fixed) {
        dnnl_primitive_desc desc = anyLayout(from, to, fixed, this::forwardDesc);
        if (isSlow(PrimitiveCall.implementation(desc))) {
            desc =
                    rather(
                            name -> name.startsWith("jit") && name.endsWith("avx2"),
                            desc,
                            forwardDesc(from.desc(), to.desc()));
        }
        forward = desc;
        return desc;
    }

    /**
     * Whether oneDNN's older kernel is faster than its first choice, as measured on AVX2: for few
     * input channels, large windows and 1x1.
     */
    private boolean isSlow(String implementation) {
        long window = geometry.kernel().height() * geometry.kernel().width();
        return !Cpu.hasAvx512()
                && implementation.startsWith("brg")
                && (node.inputShapes().get(0).channels() <= 4
                        || window >= LARGE_WINDOW
                        || window == 1);
    }

    /** The implementation whose name suits, of those that follow on another's; else the one. */
    private static dnnl_primitive_desc rather(
            Predicate<String> suits, dnnl_primitive_desc one, dnnl_primitive_desc another) {
        if (!advance(another, suits)) {
            return one;
        }
        dnnl_primitive_desc_destroy(one);
        return another;
    }

    /** Goes on to the first implementation whose name suits. */
    private static boolean advance(dnnl_primitive_desc desc, Predicate<String> suits) {
        while (dnnl_primitive_desc_next_impl(desc) == dnnl_success) {
            if (suits.test(PrimitiveCall.implementation(desc))) {
                return true;
            }
        }
        dnnl_primitive_desc_destroy(desc);
        return false;
    }

    private dnnl_primitive_desc forwardDesc(dnnl_memory_desc from, dnnl_memory_desc to) {
        dnnl_primitive_desc desc = new dnnl_primitive_desc();
        OneDnn.check(
                dnnl_convolution_forward_primitive_desc_create(
                        desc,
                        OneDnn.ENGINE,
                        training ? dnnl_forward_training : dnnl_forward_inference,
                        dnnl_convolution_direct,
                        from,
                        Value.any(weightDims, type),
                        bias,
                        to,
                        geometry.strides().array(),
                        geometry.dilations().array(),
                        geometry.before().array(),
                        geometry.after().array(),
                        Emitter.attributes(postOps)),
                "a convolution for " + node.name());
        return desc;
    }

    /**
     * The gradient of weights and bias, in single precision, from the input and the output's
     * gradient.
     */
    dnnl_primitive_desc weightGradient(Value x, Value dy) {
        return anyLayout(x, dy, false, this::weightGradientDesc);
    }

    private dnnl_primitive_desc weightGradientDesc(dnnl_memory_desc x, dnnl_memory_desc dy) {
        dnnl_primitive_desc desc = new dnnl_primitive_desc();
        OneDnn.check(
                dnnl_convolution_backward_weights_primitive_desc_create(
                        desc,
                        OneDnn.ENGINE,
                        dnnl_convolution_direct,
                        x,
                        Value.any(weightDims, dnnl_f32),
                        bias,
                        dy,
                        geometry.strides().array(),
                        geometry.dilations().array(),
                        geometry.before().array(),
                        geometry.after().array(),
                        forward,
                        Emitter.attributes(List.of())),
                "a convolution's weight gradient for " + node.name());
        if (isWrong(PrimitiveCall.implementation(desc)) && !advance(desc, name -> !isWrong(name))) {
            throw new IllegalStateException("no right weight gradient for " + node.name());
        }
        return desc;
    }

    /**
     * Whether that implementation gives wrong weight gradients: oneDNN 3.8's strided 1x1
     * convolution does on maps of even sizes whose channels don't fill a vector register.
     */
    private boolean isWrong(String implementation) {
        Geometry.Ints strides = geometry.strides();
        return implementation.startsWith("jit_1x1")
                && (strides.height() > 1 || strides.width() > 1)
                && node.inputShapes().get(0).channels() < Cpu.FLOATS_OF_AVX512;
    }

    /** The gradient of the input, of layout {@code dx}, from the output's gradient. */
    dnnl_primitive_desc inputGradient(Value dx, Value dy) {
        dnnl_primitive_desc desc = anyLayout(dx, dy, false, this::inputGradientDesc);
        // In bfloat16, twenty times slower than its kernel for one channel a group
        boolean slow =
                depthwise && PrimitiveCall.implementation(desc).startsWith("brgconv_strided");
        return slow
                ? rather(
                        name -> name.startsWith("jit_dw"),
                        desc,
                        inputGradientDesc(dx.desc(), dy.desc()))
                : desc;
    }

    private dnnl_primitive_desc inputGradientDesc(dnnl_memory_desc dx, dnnl_memory_desc dy) {
        dnnl_primitive_desc desc = new dnnl_primitive_desc();
        OneDnn.check(
                dnnl_convolution_backward_data_primitive_desc_create(
                        desc,
                        OneDnn.ENGINE,
                        dnnl_convolution_direct,
                        dx,
                        Value.any(weightDims, type),
                        dy,
                        geometry.strides().array(),
                        geometry.dilations().array(),
                        geometry.before().array(),
                        geometry.after().array(),
                        forward,
                        Emitter.attributes(List.of())),
                "a convolution's input gradient for " + node.name());
        return desc;
    }

    /**
     * The primitive for the layouts given; where oneDNN has only its slow reference for those, the
     * one for layouts of its choice.
     */
    private dnnl_primitive_desc anyLayout(
            Value from,
            Value to,
            boolean fixedResult,
            BiFunction<dnnl_memory_desc, dnnl_memory_desc, dnnl_primitive_desc> make) {
        dnnl_primitive_desc desc = make.apply(from.desc(), to.desc());
        if (!PrimitiveCall.implementation(desc).startsWith("ref")) {
            return desc;
        }
        dnnl_primitive_desc_destroy(desc);
        return make.apply(
                Value.any(from.dims(), type), fixedResult ? to.desc() : Value.any(to.dims(), type));
    }
}
