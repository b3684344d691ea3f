package org.cnnzoo.build.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.dnnl_f32;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_inference;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;
import static org.bytedeco.dnnl.global.dnnl.dnnl_inner_product_backward_data_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_inner_product_backward_weights_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_inner_product_forward_primitive_desc_create;

import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.cnnzoo.build.onednn.Emitter.PostOp;
import org.cnnzoo.build.onednn.Value.Dims;
import org.cnnzoo.network.Dense;
import org.cnnzoo.network.Node;
import org.jspecify.annotations.Nullable;

/**
 * A dense layer. In single precision its weights stay as they are stored: reading them is most of
 * its work, and a reordered copy would be read and written besides.
 */
final class DenseUnit implements Unit {
    private final Emitter emitter;
    private final Node node;
    private final Dense dense;
    private final List<PostOp> postOps;
    private final boolean logits;
    private final WeightForms weights;
    private @Nullable Value input;
    private @Nullable Value x;
    private @Nullable dnnl_primitive_desc forward;

    /**
     * @param logits whether its outputs are the network's, and so in single precision
     */
    DenseUnit(Emitter emitter, Node node, Dense dense, List<PostOp> postOps, boolean logits) {
        this.emitter = emitter;
        this.node = node;
        this.dense = dense;
        this.postOps = postOps;
        this.logits = logits;
        this.weights = new WeightForms(emitter, () -> parameter("weight", weightDims(), false));
    }

    private Dims weightDims() {
        return Dims.of(dense.out(), node.inputShapes().get(0).elements());
    }

    private Value bias(boolean gradient) {
        return parameter("bias", Dims.of(dense.out()), gradient);
    }

    private Value parameter(String kind, Dims dims, boolean gradient) {
        String name = node.name() + "." + kind;
        dnnl_memory_desc desc = Emitter.plain(dims);
        return gradient
                ? emitter.parameters().gradient(name, dims, desc)
                : emitter.parameters().value(name, dims, desc);
    }

    private @Nullable dnnl_memory_desc biasDesc() {
        return dense.bias() ? Emitter.plain(Dims.of(dense.out())) : null;
    }

    /** The weights' layout: as they are, or the primitive's choice where they are copied anyway. */
    private dnnl_memory_desc weightsDesc(int type) {
        return emitter.form().single()
                ? Emitter.plain(weightDims())
                : Value.any(weightDims(), type);
    }

    @Override
    public Value forward(List<Value> inputs) {
        input = inputs.get(0);
        Value plain = emitter.unblocked(input);
        Dims rows = Dims.of(plain.dims().get(0), weightDims().get(1));
        Value source = plain.as(rows, emitter.unblocked(rows));
        x = source;
        Dims out = Dims.of(rows.get(0), dense.out());
        Value y = Value.planned(out, logits ? Emitter.plain(out) : emitter.layout(out));
        dnnl_primitive_desc desc = new dnnl_primitive_desc();
        OneDnn.check(
                dnnl_inner_product_forward_primitive_desc_create(
                        desc,
                        OneDnn.ENGINE,
                        emitter.training() ? dnnl_forward_training : dnnl_forward_inference,
                        source.desc(),
                        weightsDesc(emitter.form().type()),
                        biasDesc(),
                        y.desc(),
                        Emitter.attributes(postOps)),
                "a dense layer for " + node.name());
        forward = desc;
        Value matrix = weights.as(PrimitiveCall.wants(desc, DNNL_ARG_WEIGHTS));
        PrimitiveCall call =
                emitter.primitive(desc)
                        .with(DNNL_ARG_SRC, source)
                        .with(DNNL_ARG_WEIGHTS, matrix)
                        .with(DNNL_ARG_DST, y);
        if (dense.bias()) {
            call.with(DNNL_ARG_BIAS, bias(false));
        }
        return y;
    }

    @Override
    public Optional<List<Value>> backward(Value gradient, boolean needed) {
        Value dy = emitter.laidOut(gradient);
        backwardWeights(dy);
        return needed ? Optional.of(List.of(backwardData(dy))) : Optional.empty();
    }

    private void backwardWeights(Value dy) {
        Value source = java.util.Objects.requireNonNull(x);
        dnnl_primitive_desc desc = new dnnl_primitive_desc();
        OneDnn.check(
                dnnl_inner_product_backward_weights_primitive_desc_create(
                        desc,
                        OneDnn.ENGINE,
                        source.desc(),
                        weightsDesc(dnnl_f32),
                        biasDesc(),
                        dy.desc(),
                        forward,
                        Emitter.attributes(List.of())),
                "a dense layer's weight gradient for " + node.name());
        emitter.into(
                parameter("weight", weightDims(), true),
                PrimitiveCall.wants(desc, DNNL_ARG_DIFF_WEIGHTS),
                gradient -> {
                    PrimitiveCall call =
                            emitter.primitive(desc)
                                    .with(DNNL_ARG_SRC, source)
                                    .with(DNNL_ARG_DIFF_DST, dy)
                                    .with(DNNL_ARG_DIFF_WEIGHTS, gradient);
                    if (dense.bias()) {
                        call.with(DNNL_ARG_DIFF_BIAS, bias(true));
                    }
                });
    }

    private Value backwardData(Value dy) {
        Value source = java.util.Objects.requireNonNull(x);
        Value dx = Value.planned(source.dims(), source.desc());
        dnnl_primitive_desc desc = new dnnl_primitive_desc();
        OneDnn.check(
                dnnl_inner_product_backward_data_primitive_desc_create(
                        desc,
                        OneDnn.ENGINE,
                        dx.desc(),
                        weightsDesc(emitter.form().type()),
                        dy.desc(),
                        forward,
                        Emitter.attributes(List.of())),
                "a dense layer's input gradient for " + node.name());
        Value matrix = weights.as(PrimitiveCall.wants(desc, DNNL_ARG_WEIGHTS));
        emitter.primitive(desc)
                .with(DNNL_ARG_DIFF_DST, dy)
                .with(DNNL_ARG_WEIGHTS, matrix)
                .with(DNNL_ARG_DIFF_SRC, dx);
        Dims dims = java.util.Objects.requireNonNull(input).dims();
        return emitter.laidOut(dx.as(dims, emitter.unblocked(dims)));
    }
}
