package org.cnnzoo.build.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.cnnzoo.build.onednn.Emitter.PostOp;
import org.cnnzoo.build.onednn.Value.Dims;
import org.cnnzoo.network.Conv2d;
import org.cnnzoo.network.Node;
import org.jspecify.annotations.Nullable;

/**
 * A convolution and what it does besides: its bias, an activation behind it; in inference the batch
 * normalisation behind it and a sum with what is in its output's memory already.
 */
final class ConvolutionUnit implements Unit {
    /** Of AVX-512. */
    private static final int FLOATS_IN_REGISTER = 16;

    private final Emitter emitter;
    private final Node node;
    private final Conv2d conv;
    private final Geometry geometry;
    private final List<PostOp> postOps;
    private final @Nullable Folding folding;
    private final @Nullable Value onto;
    private final Dims weightDims;
    private final List<Value> reordered = new ArrayList<>();
    private @Nullable Value x;
    private @Nullable dnnl_primitive_desc forward;

    /**
     * A unit that only convolves.
     *
     * @param postOps what it does to its result
     */
    ConvolutionUnit(Emitter emitter, Node node, Conv2d conv, List<PostOp> postOps) {
        this(emitter, node, conv, postOps, null, null);
    }

    /**
     * A unit of inference.
     *
     * @param norm the batch normalisation that it does besides
     * @param onto what its result is added to, and written over
     */
    ConvolutionUnit(
            Emitter emitter,
            Node node,
            Conv2d conv,
            List<PostOp> postOps,
            @Nullable Node norm,
            @Nullable Value onto) {
        this.folding = norm == null ? null : new Folding(emitter, node, conv, norm);
        this.onto = onto;
        this.emitter = emitter;
        this.node = node;
        this.conv = conv;
        this.postOps = postOps;
        this.geometry = Geometry.of(conv.window(), node.inputShapes().get(0), node.output());
        long in = node.inputShapes().get(0).channels();
        long groups = conv.groups();
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

    @Override
    public Value forward(List<Value> inputs) {
        Value source = emitter.laidOut(inputs.get(0));
        Dims out =
                Dims.of(
                        source.dims().get(0),
                        conv.out(),
                        node.output().height(),
                        node.output().width());
        Value y = onto == null ? emitter.activation(out) : onto;
        dnnl_primitive_desc desc = fastest(source, y, onto != null, this::forwardDesc);
        forward = desc;
        Value read = emitter.reorder(source, PrimitiveCall.wants(desc, DNNL_ARG_SRC));
        x = read;
        dnnl_memory_desc written = PrimitiveCall.wants(desc, DNNL_ARG_DST);
        Value result =
                dnnl_memory_desc_equal(written, y.desc()) != 0 ? y : Value.planned(out, written);
        Value weights = weights(PrimitiveCall.wants(desc, DNNL_ARG_WEIGHTS));
        PrimitiveCall call =
                emitter.primitive(desc)
                        .with(DNNL_ARG_SRC, read)
                        .with(DNNL_ARG_WEIGHTS, weights)
                        .with(DNNL_ARG_DST, result);
        if (folding != null) {
            call.with(DNNL_ARG_BIAS, folding.bias());
        } else if (conv.bias()) {
            Dims bias = Dims.of(conv.out());
            call.with(
                    DNNL_ARG_BIAS,
                    emitter.parameters().value(node.name() + ".bias", bias, Emitter.plain(bias)));
        }
        return emitter.laidOut(result);
    }

    private dnnl_primitive_desc forwardDesc(dnnl_memory_desc from, dnnl_memory_desc to) {
        dnnl_primitive_desc desc = new dnnl_primitive_desc();
        OneDnn.check(
                dnnl_convolution_forward_primitive_desc_create(
                        desc,
                        OneDnn.ENGINE,
                        emitter.training() ? dnnl_forward_training : dnnl_forward_inference,
                        dnnl_convolution_direct,
                        from,
                        Value.any(weightDims),
                        biasDesc(),
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
     * The primitive for the program's layout; where oneDNN has only its slow reference for that,
     * the one for a layout of its choice.
     */
    private static dnnl_primitive_desc fastest(
            Value from,
            Value to,
            boolean fixedResult,
            BiFunction<dnnl_memory_desc, dnnl_memory_desc, dnnl_primitive_desc> make) {
        dnnl_primitive_desc desc = make.apply(from.desc(), to.desc());
        if (!PrimitiveCall.implementation(desc).startsWith("ref")) {
            return desc;
        }
        return make.apply(Value.any(from.dims()), fixedResult ? to.desc() : Value.any(to.dims()));
    }

    private @Nullable dnnl_memory_desc biasDesc() {
        return conv.bias() || folding != null ? Emitter.plain(Dims.of(conv.out())) : null;
    }

    /** The weights in a layout; backward passes share what the forward one reordered. */
    private Value weights(dnnl_memory_desc wanted) {
        for (Value known : reordered) {
            if (dnnl_memory_desc_equal(known.desc(), wanted) != 0) {
                return known;
            }
        }
        Value[] made = new Value[1];
        emitter.ahead(
                () -> {
                    Value plain =
                            folding != null
                                    ? folding.weights(weightDims)
                                    : emitter.parameters()
                                            .value(
                                                    node.name() + ".weight",
                                                    weightDims,
                                                    Emitter.plain(weightDims));
                    made[0] = emitter.reorder(plain, wanted);
                });
        Value value = made[0];
        reordered.add(value);
        return value;
    }

    @Override
    public Optional<List<Value>> backward(Value gradient, boolean needed) {
        Value dy = emitter.laidOut(gradient);
        backwardWeights(dy);
        return needed ? Optional.of(List.of(backwardData(dy))) : Optional.empty();
    }

    private dnnl_primitive_desc weightGradientDesc(dnnl_memory_desc from, dnnl_memory_desc dy) {
        dnnl_primitive_desc desc = new dnnl_primitive_desc();
        OneDnn.check(
                dnnl_convolution_backward_weights_primitive_desc_create(
                        desc,
                        OneDnn.ENGINE,
                        dnnl_convolution_direct,
                        from,
                        Value.any(weightDims),
                        biasDesc(),
                        dy,
                        geometry.strides().array(),
                        geometry.dilations().array(),
                        geometry.before().array(),
                        geometry.after().array(),
                        forward,
                        Emitter.attributes(List.of())),
                "a convolution's weight gradient for " + node.name());
        while (isWrong(PrimitiveCall.implementation(desc))) {
            OneDnn.check(
                    dnnl_primitive_desc_next_impl(desc),
                    "another way to the weight gradient for " + node.name());
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
                && node.inputShapes().get(0).channels() < FLOATS_IN_REGISTER;
    }

    private void backwardWeights(Value laidOut) {
        Value kept = java.util.Objects.requireNonNull(x);
        dnnl_primitive_desc desc = fastest(kept, laidOut, false, this::weightGradientDesc);
        Value source = emitter.reorder(kept, PrimitiveCall.wants(desc, DNNL_ARG_SRC));
        Value dy = emitter.reorder(laidOut, PrimitiveCall.wants(desc, DNNL_ARG_DIFF_DST));
        Value target =
                emitter.parameters()
                        .gradient(node.name() + ".weight", weightDims, Emitter.plain(weightDims));
        dnnl_memory_desc wanted = PrimitiveCall.wants(desc, DNNL_ARG_DIFF_WEIGHTS);
        boolean direct = dnnl_memory_desc_equal(wanted, target.desc()) != 0;
        Value gradient = direct ? target : Value.planned(weightDims, wanted);
        PrimitiveCall call =
                emitter.primitive(desc)
                        .with(DNNL_ARG_SRC, source)
                        .with(DNNL_ARG_DIFF_DST, dy)
                        .with(DNNL_ARG_DIFF_WEIGHTS, gradient);
        if (conv.bias()) {
            Dims bias = Dims.of(conv.out());
            call.with(
                    DNNL_ARG_DIFF_BIAS,
                    emitter.parameters()
                            .gradient(node.name() + ".bias", bias, Emitter.plain(bias)));
        }
        if (!direct) {
            emitter.copy(gradient, target);
        }
    }

    private dnnl_primitive_desc inputGradientDesc(dnnl_memory_desc dx, dnnl_memory_desc dy) {
        dnnl_primitive_desc desc = new dnnl_primitive_desc();
        OneDnn.check(
                dnnl_convolution_backward_data_primitive_desc_create(
                        desc,
                        OneDnn.ENGINE,
                        dnnl_convolution_direct,
                        dx,
                        Value.any(weightDims),
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

    private Value backwardData(Value laidOut) {
        Value wanted = emitter.activation(java.util.Objects.requireNonNull(x).dims());
        dnnl_primitive_desc desc = fastest(wanted, laidOut, false, this::inputGradientDesc);
        Value dy = emitter.reorder(laidOut, PrimitiveCall.wants(desc, DNNL_ARG_DIFF_DST));
        Value dx = Value.planned(wanted.dims(), PrimitiveCall.wants(desc, DNNL_ARG_DIFF_SRC));
        Value weights = weights(PrimitiveCall.wants(desc, DNNL_ARG_WEIGHTS));
        emitter.primitive(desc)
                .with(DNNL_ARG_DIFF_DST, dy)
                .with(DNNL_ARG_WEIGHTS, weights)
                .with(DNNL_ARG_DIFF_SRC, dx);
        return emitter.laidOut(dx);
    }
}
