package org.cnnzoo.build.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SCALE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SHIFT;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_MEAN;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCALE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SHIFT;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_VARIANCE;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_WORKSPACE;
import static org.bytedeco.dnnl.global.dnnl.dnnl_backward;
import static org.bytedeco.dnnl.global.dnnl.dnnl_backward_data;
import static org.bytedeco.dnnl.global.dnnl.dnnl_batch_normalization_backward_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_batch_normalization_forward_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_inference;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;
import static org.bytedeco.dnnl.global.dnnl.dnnl_fuse_norm_relu;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_desc_get_size;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_desc_query_md;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_workspace_md;
import static org.bytedeco.dnnl.global.dnnl.dnnl_use_global_stats;
import static org.bytedeco.dnnl.global.dnnl.dnnl_use_scale;
import static org.bytedeco.dnnl.global.dnnl.dnnl_use_shift;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.cnnzoo.build.onednn.Value.Dims;
import org.cnnzoo.network.BatchNorm;
import org.cnnzoo.network.Node;
import org.jspecify.annotations.Nullable;

/** Batch normalisation, a ReLU behind it included. */
final class BatchNormUnit implements Unit {
    private final Emitter emitter;
    private final Node node;
    private final BatchNorm norm;
    private final boolean relu;
    private final Dims channels;
    private @Nullable Value x;
    private @Nullable Value mean;
    private @Nullable Value variance;
    private @Nullable Value workspace;
    private @Nullable dnnl_primitive_desc forward;

    BatchNormUnit(Emitter emitter, Node node, BatchNorm norm, boolean relu) {
        this.emitter = emitter;
        this.node = node;
        this.norm = norm;
        this.relu = relu;
        this.channels = Dims.of(node.output().channels());
    }

    private int flags() {
        return (norm.affine() ? dnnl_use_scale | dnnl_use_shift : 0)
                | (relu ? dnnl_fuse_norm_relu : 0)
                | (ownStatistics() ? 0 : dnnl_use_global_stats);
    }

    /** Whether it normalises by the batch. */
    private boolean ownStatistics() {
        return emitter.training() && !norm.frozen();
    }

    private Value value(String kind) {
        return emitter.parameters()
                .value(node.name() + "." + kind, channels, Emitter.plain(channels));
    }

    private Value gradient(String kind) {
        return emitter.parameters()
                .gradient(node.name() + "." + kind, channels, Emitter.plain(channels));
    }

    /**
     * Whether it computes in single precision whatever the program's: oneDNN's kernel for bfloat16
     * needs channels that fill vector registers, and what it has for others takes ten times as long
     * as copies back and forth.
     */
    private boolean single() {
        return channels.count() % Cpu.FLOATS_OF_AVX512 != 0;
    }

    private Value laidOut(Value value) {
        return single() ? emitter.laidOutSingle(value) : emitter.laidOut(value);
    }

    private Value like(Value source) {
        return Value.planned(source.dims(), source.desc());
    }

    @Override
    public Value forward(List<Value> inputs) {
        Value source = laidOut(inputs.get(0));
        x = source;
        Value y = like(source);
        dnnl_primitive_desc desc = new dnnl_primitive_desc();
        OneDnn.check(
                dnnl_batch_normalization_forward_primitive_desc_create(
                        desc,
                        OneDnn.ENGINE,
                        emitter.training() ? dnnl_forward_training : dnnl_forward_inference,
                        source.desc(),
                        y.desc(),
                        (float) norm.eps(),
                        flags(),
                        Emitter.attributes(List.of())),
                "batch normalisation for " + node.name());
        forward = desc;
        boolean own = ownStatistics();
        mean = own ? Value.planned(channels, Emitter.plain(channels)) : value("running_mean");
        variance = own ? Value.planned(channels, Emitter.plain(channels)) : value("running_var");
        PrimitiveCall call =
                emitter.primitive(desc)
                        .with(DNNL_ARG_SRC, source)
                        .with(DNNL_ARG_MEAN, mean)
                        .with(DNNL_ARG_VARIANCE, variance)
                        .with(DNNL_ARG_DST, y);
        if (norm.affine()) {
            call.with(DNNL_ARG_SCALE, value("weight")).with(DNNL_ARG_SHIFT, value("bias"));
        }
        if (relu && emitter.training()) {
            dnnl_memory_desc kept = dnnl_primitive_desc_query_md(desc, dnnl_query_workspace_md, 0);
            workspace = Value.planned(Dims.of(dnnl_memory_desc_get_size(kept)), kept);
            call.with(DNNL_ARG_WORKSPACE, workspace);
        }
        if (own) {
            long count = source.dims().count() / channels.count();
            towards("running_mean", mean, 1);
            towards("running_var", variance, count > 1 ? (double) count / (count - 1) : 1);
        } else if (emitter.training()) {
            stay("running_mean");
            stay("running_var");
        }
        return emitter.laidOut(y);
    }

    /** No step of a running average, whatever was left where its gradient would be. */
    private void stay(String kind) {
        Value step = gradient(kind);
        int count = (int) channels.count();
        emitter.java(List.of(step), () -> step.floats().put(new float[count]));
    }

    /** The step of a running average, left where its gradient would be: value minus that is new. */
    private void towards(String kind, Value batch, double factor) {
        Value running = value(kind);
        Value step = gradient(kind);
        float unbiased = (float) factor;
        float share = (float) (1 - norm.decay());
        int count = (int) channels.count();
        emitter.java(
                List.of(batch, running, step),
                new Runnable() {
                    private @Nullable FloatBuffer from;
                    private @Nullable FloatBuffer was;
                    private @Nullable FloatBuffer to;

                    @Override
                    public void run() {
                        if (from == null || was == null || to == null) {
                            from = batch.floats();
                            was = running.floats();
                            to = step.floats();
                        }
                        for (int c = 0; c < count; c++) {
                            to.put(c, (was.get(c) - unbiased * from.get(c)) * share);
                        }
                    }
                });
    }

    @Override
    public Optional<List<Value>> backward(Value gradient, boolean needed) {
        Value source = java.util.Objects.requireNonNull(x);
        Value dy = laidOut(gradient);
        Value dx = like(source);
        dnnl_primitive_desc desc = new dnnl_primitive_desc();
        OneDnn.check(
                dnnl_batch_normalization_backward_primitive_desc_create(
                        desc,
                        OneDnn.ENGINE,
                        norm.affine() ? dnnl_backward : dnnl_backward_data,
                        dx.desc(),
                        dy.desc(),
                        source.desc(),
                        (float) norm.eps(),
                        flags(),
                        forward,
                        Emitter.attributes(List.of())),
                "batch normalisation's gradient for " + node.name());
        PrimitiveCall call =
                emitter.primitive(desc)
                        .with(DNNL_ARG_SRC, source)
                        .with(DNNL_ARG_MEAN, java.util.Objects.requireNonNull(mean))
                        .with(DNNL_ARG_VARIANCE, java.util.Objects.requireNonNull(variance))
                        .with(DNNL_ARG_DIFF_DST, dy)
                        .with(DNNL_ARG_DIFF_SRC, dx);
        if (norm.affine()) {
            call.with(DNNL_ARG_SCALE, value("weight"))
                    .with(DNNL_ARG_DIFF_SCALE, gradient("weight"))
                    .with(DNNL_ARG_DIFF_SHIFT, gradient("bias"));
        }
        if (workspace != null) {
            call.with(DNNL_ARG_WORKSPACE, workspace);
        }
        return Optional.of(List.of(emitter.laidOut(dx)));
    }
}
