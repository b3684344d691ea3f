package org.cnnzoo.build.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WORKSPACE;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_inference;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_desc_get_size;
import static org.bytedeco.dnnl.global.dnnl.dnnl_pooling_backward_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_pooling_forward_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_pooling_max;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_desc_query_md;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_workspace_md;

import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.cnnzoo.build.onednn.Value.Dims;
import org.cnnzoo.network.Shape;
import org.jspecify.annotations.Nullable;

/** Maximum or mean over windows, or over whole maps. */
final class PoolUnit implements Unit {
    private final Emitter emitter;
    private final Shape output;
    private final int algorithm;
    private final Geometry geometry;
    private @Nullable Value x;
    private @Nullable Value workspace;
    private @Nullable dnnl_primitive_desc forward;

    PoolUnit(Emitter emitter, Shape output, int algorithm, Geometry geometry) {
        this.emitter = emitter;
        this.output = output;
        this.algorithm = algorithm;
        this.geometry = geometry;
    }

    @Override
    public Value forward(List<Value> inputs) {
        Value source = emitter.laidOut(inputs.get(0));
        x = source;
        Value y =
                emitter.activation(
                        Dims.of(
                                source.dims().get(0),
                                output.channels(),
                                output.height(),
                                output.width()));
        dnnl_primitive_desc desc = new dnnl_primitive_desc();
        OneDnn.check(
                dnnl_pooling_forward_primitive_desc_create(
                        desc,
                        OneDnn.ENGINE,
                        emitter.training() ? dnnl_forward_training : dnnl_forward_inference,
                        algorithm,
                        source.desc(),
                        y.desc(),
                        geometry.strides().array(),
                        geometry.kernel().array(),
                        geometry.dilations().array(),
                        geometry.before().array(),
                        geometry.after().array(),
                        Emitter.attributes(List.of())),
                "pooling for " + emitter.node());
        forward = desc;
        PrimitiveCall call =
                emitter.primitive(desc).with(DNNL_ARG_SRC, source).with(DNNL_ARG_DST, y);
        if (algorithm == dnnl_pooling_max && emitter.training()) {
            dnnl_memory_desc kept = dnnl_primitive_desc_query_md(desc, dnnl_query_workspace_md, 0);
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
                dnnl_pooling_backward_primitive_desc_create(
                        desc,
                        OneDnn.ENGINE,
                        algorithm,
                        dx.desc(),
                        dy.desc(),
                        geometry.strides().array(),
                        geometry.kernel().array(),
                        geometry.dilations().array(),
                        geometry.before().array(),
                        geometry.after().array(),
                        forward,
                        Emitter.attributes(List.of())),
                "pooling's gradient for " + emitter.node());
        PrimitiveCall call =
                emitter.primitive(desc).with(DNNL_ARG_DIFF_DST, dy).with(DNNL_ARG_DIFF_SRC, dx);
        if (workspace != null) {
            call.with(DNNL_ARG_WORKSPACE, workspace);
        }
        return Optional.of(List.of(dx));
    }
}
