package org.cnnzoo.build.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

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
 * A dense layer. Its weights stay as they are stored: reading them is most of its work, and a
 * reordered copy would be read and written besides.
 */
final class DenseUnit implements Unit {
    private final Emitter emitter;
    private final Node node;
    private final Dense dense;
    private final List<PostOp> postOps;
    private @Nullable Value input;
    private @Nullable Value x;
    private @Nullable dnnl_primitive_desc forward;

    DenseUnit(Emitter emitter, Node node, Dense dense, List<PostOp> postOps) {
        this.emitter = emitter;
        this.node = node;
        this.dense = dense;
        this.postOps = postOps;
    }

    private Dims weightDims() {
        return Dims.of(dense.out(), node.inputShapes().get(0).elements());
    }

    private Value weight(boolean gradient) {
        return parameter("weight", weightDims(), gradient);
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

    @Override
    public Value forward(List<Value> inputs) {
        input = inputs.get(0);
        Value plain = emitter.plain(input);
        Dims rows = Dims.of(plain.dims().get(0), weightDims().get(1));
        Value source = plain.as(rows, Emitter.plain(rows));
        x = source;
        Value y = emitter.activation(Dims.of(rows.get(0), dense.out()));
        dnnl_primitive_desc desc = new dnnl_primitive_desc();
        OneDnn.check(
                dnnl_inner_product_forward_primitive_desc_create(
                        desc,
                        OneDnn.ENGINE,
                        emitter.training() ? dnnl_forward_training : dnnl_forward_inference,
                        source.desc(),
                        Emitter.plain(weightDims()),
                        biasDesc(),
                        y.desc(),
                        Emitter.attributes(postOps)),
                "a dense layer for " + node.name());
        forward = desc;
        PrimitiveCall call =
                emitter.primitive(desc)
                        .with(DNNL_ARG_SRC, source)
                        .with(DNNL_ARG_WEIGHTS, weight(false))
                        .with(DNNL_ARG_DST, y);
        if (dense.bias()) {
            call.with(DNNL_ARG_BIAS, bias(false));
        }
        return y;
    }

    @Override
    public Optional<List<Value>> backward(Value dy, boolean needed) {
        Value source = java.util.Objects.requireNonNull(x);
        dnnl_primitive_desc weights = new dnnl_primitive_desc();
        OneDnn.check(
                dnnl_inner_product_backward_weights_primitive_desc_create(
                        weights,
                        OneDnn.ENGINE,
                        source.desc(),
                        Emitter.plain(weightDims()),
                        biasDesc(),
                        dy.desc(),
                        forward,
                        Emitter.attributes(List.of())),
                "a dense layer's weight gradient for " + node.name());
        PrimitiveCall call =
                emitter.primitive(weights)
                        .with(DNNL_ARG_SRC, source)
                        .with(DNNL_ARG_DIFF_DST, dy)
                        .with(DNNL_ARG_DIFF_WEIGHTS, weight(true));
        if (dense.bias()) {
            call.with(DNNL_ARG_DIFF_BIAS, bias(true));
        }
        if (!needed) {
            return Optional.empty();
        }
        Value dx = Value.planned(source.dims(), source.desc());
        dnnl_primitive_desc data = new dnnl_primitive_desc();
        OneDnn.check(
                dnnl_inner_product_backward_data_primitive_desc_create(
                        data,
                        OneDnn.ENGINE,
                        dx.desc(),
                        Emitter.plain(weightDims()),
                        dy.desc(),
                        forward,
                        Emitter.attributes(List.of())),
                "a dense layer's input gradient for " + node.name());
        emitter.primitive(data)
                .with(DNNL_ARG_DIFF_DST, dy)
                .with(DNNL_ARG_WEIGHTS, weight(false))
                .with(DNNL_ARG_DIFF_SRC, dx);
        Dims dims = java.util.Objects.requireNonNull(input).dims();
        return Optional.of(List.of(emitter.laidOut(dx.as(dims, Emitter.plain(dims)))));
    }
}
