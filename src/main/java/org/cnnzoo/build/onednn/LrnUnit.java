package org.cnnzoo.build.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WORKSPACE;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_inference;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;
import static org.bytedeco.dnnl.global.dnnl.dnnl_lrn_across_channels;
import static org.bytedeco.dnnl.global.dnnl.dnnl_lrn_backward_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_lrn_forward_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_desc_get_size;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_desc_query_md;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_workspace_md;

import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.cnnzoo.build.onednn.Value.Dims;
import org.cnnzoo.network.LocalResponseNorm;
import org.jspecify.annotations.Nullable;

/** Local response normalisation over channels; oneDNN divides alpha by the window's size. */
final class LrnUnit implements Unit {
    private final Emitter emitter;
    private final LocalResponseNorm norm;
    private @Nullable Value x;
    private @Nullable Value workspace;
    private @Nullable dnnl_primitive_desc forward;

    LrnUnit(Emitter emitter, LocalResponseNorm norm) {
        this.emitter = emitter;
        this.norm = norm;
    }

    private float alpha() {
        return (float) (norm.sumFactor() * norm.size());
    }

    @Override
    public Value forward(List<Value> inputs) {
        Value source = emitter.laidOut(inputs.get(0));
        x = source;
        Value y = emitter.activation(source.dims());
        dnnl_primitive_desc desc = new dnnl_primitive_desc();
        OneDnn.check(
                dnnl_lrn_forward_primitive_desc_create(
                        desc,
                        OneDnn.ENGINE,
                        emitter.training() ? dnnl_forward_training : dnnl_forward_inference,
                        dnnl_lrn_across_channels,
                        source.desc(),
                        y.desc(),
                        norm.size(),
                        alpha(),
                        (float) norm.beta(),
                        (float) norm.k(),
                        Emitter.attributes(List.of())),
                "response normalisation for " + emitter.node());
        forward = desc;
        PrimitiveCall call =
                emitter.primitive(desc).with(DNNL_ARG_SRC, source).with(DNNL_ARG_DST, y);
        dnnl_memory_desc kept = dnnl_primitive_desc_query_md(desc, dnnl_query_workspace_md, 0);
        if (emitter.training() && kept != null && dnnl_memory_desc_get_size(kept) > 0) {
            workspace = Value.planned(Dims.of(dnnl_memory_desc_get_size(kept)), kept);
            call.with(DNNL_ARG_WORKSPACE, workspace);
        }
        return y;
    }

    @Override
    public Optional<List<Value>> backward(Value gradient, boolean needed) {
        if (!needed) {
            return Optional.empty();
        }
        Value source = java.util.Objects.requireNonNull(x);
        Value dy = emitter.laidOut(gradient);
        Value dx = emitter.activation(source.dims());
        dnnl_primitive_desc desc = new dnnl_primitive_desc();
        OneDnn.check(
                dnnl_lrn_backward_primitive_desc_create(
                        desc,
                        OneDnn.ENGINE,
                        dnnl_lrn_across_channels,
                        dx.desc(),
                        dy.desc(),
                        source.desc(),
                        norm.size(),
                        alpha(),
                        (float) norm.beta(),
                        (float) norm.k(),
                        forward,
                        Emitter.attributes(List.of())),
                "response normalisation's gradient for " + emitter.node());
        PrimitiveCall call =
                emitter.primitive(desc)
                        .with(DNNL_ARG_SRC, source)
                        .with(DNNL_ARG_DIFF_DST, dy)
                        .with(DNNL_ARG_DIFF_SRC, dx);
        if (workspace != null) {
            call.with(DNNL_ARG_WORKSPACE, workspace);
        }
        return Optional.of(List.of(dx));
    }
}
