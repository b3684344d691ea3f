package org.cnnzoo.build.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_desc_destroy;

import java.util.List;
import java.util.Optional;
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
    private final Emitter emitter;
    private final Node node;
    private final Conv2d conv;
    private final ConvolutionPrimitives primitives;
    private final @Nullable Folding folding;
    private final @Nullable Value onto;
    private final WeightForms weights;
    private @Nullable Value x;

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
        this.primitives =
                new ConvolutionPrimitives(
                        node, conv, emitter, conv.bias() || norm != null, postOps);
        this.weights = new WeightForms(emitter, this::master);
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
        dnnl_primitive_desc desc = primitives.forward(source, y, onto != null);
        Value read = emitter.reorder(source, PrimitiveCall.wants(desc, DNNL_ARG_SRC));
        x = read;
        dnnl_memory_desc written = PrimitiveCall.wants(desc, DNNL_ARG_DST);
        Value result = y.has(written) ? y : Value.planned(out, written);
        Value filters = weights.as(PrimitiveCall.wants(desc, DNNL_ARG_WEIGHTS));
        PrimitiveCall call =
                emitter.primitive(desc)
                        .with(DNNL_ARG_SRC, read)
                        .with(DNNL_ARG_WEIGHTS, filters)
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

    /** As parameters have them, or folded; emitted where they are asked for. */
    private Value master() {
        Dims dims = primitives.weightDims();
        return folding != null
                ? folding.weights(dims)
                : emitter.parameters().value(node.name() + ".weight", dims, Emitter.plain(dims));
    }

    @Override
    public Optional<List<Value>> backward(Value gradient, boolean needed) {
        Value dy = emitter.laidOut(gradient);
        backwardWeights(dy);
        return needed ? Optional.of(List.of(backwardData(dy))) : Optional.empty();
    }

    private void backwardWeights(Value laidOut) {
        Value kept = java.util.Objects.requireNonNull(x);
        Dims weightDims = primitives.weightDims();
        Value target = gradient("weight", weightDims);
        Value bias = conv.bias() ? gradient("bias", Dims.of(conv.out())) : null;
        if (primitives.isOfSmallMaps()) {
            new SmallMapGradient(emitter, weightDims).emit(kept, laidOut, target, bias);
            return;
        }
        dnnl_primitive_desc desc = primitives.weightGradient(kept, laidOut);
        if (DepthwiseGradient.suits(conv, node, PrimitiveCall.implementation(desc))) {
            dnnl_primitive_desc_destroy(desc);
            new DepthwiseGradient(emitter, primitives.geometry(), weightDims)
                    .emit(kept, laidOut, target, bias);
            return;
        }
        Value source = emitter.reorder(kept, PrimitiveCall.wants(desc, DNNL_ARG_SRC));
        Value dy = emitter.reorder(laidOut, PrimitiveCall.wants(desc, DNNL_ARG_DIFF_DST));
        emitter.into(
                target,
                PrimitiveCall.wants(desc, DNNL_ARG_DIFF_WEIGHTS),
                gradient -> {
                    PrimitiveCall call =
                            emitter.primitive(desc)
                                    .with(DNNL_ARG_SRC, source)
                                    .with(DNNL_ARG_DIFF_DST, dy)
                                    .with(DNNL_ARG_DIFF_WEIGHTS, gradient);
                    if (bias != null) {
                        call.with(DNNL_ARG_DIFF_BIAS, bias);
                    }
                });
    }

    private Value gradient(String kind, Dims dims) {
        return emitter.parameters().gradient(node.name() + "." + kind, dims, Emitter.plain(dims));
    }

    private Value backwardData(Value laidOut) {
        Value wanted = emitter.activation(java.util.Objects.requireNonNull(x).dims());
        dnnl_primitive_desc desc = primitives.inputGradient(wanted, laidOut);
        Value dy = emitter.reorder(laidOut, PrimitiveCall.wants(desc, DNNL_ARG_DIFF_DST));
        Value dx = Value.planned(wanted.dims(), PrimitiveCall.wants(desc, DNNL_ARG_DIFF_SRC));
        Value filters = weights.as(PrimitiveCall.wants(desc, DNNL_ARG_WEIGHTS));
        emitter.primitive(desc)
                .with(DNNL_ARG_DIFF_DST, dy)
                .with(DNNL_ARG_WEIGHTS, filters)
                .with(DNNL_ARG_DIFF_SRC, dx);
        return emitter.laidOut(dx);
    }
}
