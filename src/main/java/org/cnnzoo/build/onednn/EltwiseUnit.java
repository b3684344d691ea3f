package org.cnnzoo.build.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_backward_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_forward_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_inference;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_desc_destroy;

import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.jspecify.annotations.Nullable;

/** A function of every value. */
final class EltwiseUnit implements Unit {
    private final Emitter emitter;
    private final Eltwise function;
    private final boolean inPlace;
    private @Nullable Value x;
    private @Nullable Value y;

    /**
     * @param inPlace whether the input may be overwritten
     */
    EltwiseUnit(Emitter emitter, Eltwise function, boolean inPlace) {
        this.emitter = emitter;
        this.function = function;
        this.inPlace = inPlace;
    }

    @Override
    public Value forward(List<Value> inputs) {
        Value source = inputs.get(0);
        x = source;
        boolean over = inPlace && (function.fromOutput() || !emitter.training());
        Value result = over ? source : Value.planned(source.dims(), source.desc());
        y = result;
        dnnl_primitive_desc desc = forwardDesc(source);
        emitter.primitive(desc).with(DNNL_ARG_SRC, source).with(DNNL_ARG_DST, result);
        return result;
    }

    private dnnl_primitive_desc forwardDesc(Value source) {
        dnnl_primitive_desc desc = new dnnl_primitive_desc();
        OneDnn.check(
                dnnl_eltwise_forward_primitive_desc_create(
                        desc,
                        OneDnn.ENGINE,
                        emitter.training() ? dnnl_forward_training : dnnl_forward_inference,
                        function.algorithm(),
                        source.desc(),
                        source.desc(),
                        function.alpha(),
                        function.beta(),
                        Emitter.attributes(List.of())),
                "an activation for " + emitter.node());
        return desc;
    }

    /** Emits the backward call of a function that another primitive applied to give {@code out}. */
    static Value backwardFused(Emitter emitter, Eltwise function, Value out, Value dy) {
        EltwiseUnit unit = new EltwiseUnit(emitter, function, true);
        unit.x = out;
        unit.y = out;
        return unit.backward(dy, true).orElseThrow().get(0);
    }

    @Override
    public Optional<List<Value>> backward(Value gradient, boolean needed) {
        if (!needed) {
            return Optional.empty();
        }
        // Where channels don't fill their blocks oneDNN has only its slow reference; the filling
        // stays zero, for a gradient of zero gives zero
        Value kept = java.util.Objects.requireNonNull(x);
        Value source = emitter.filledUp(kept);
        Value dy = emitter.filledUp(emitter.reorder(gradient, kept.desc()));
        Value result = Value.planned(kept.dims(), kept.desc());
        Value dx = emitter.filledUp(result);
        dnnl_primitive_desc forward = forwardDesc(source);
        dnnl_primitive_desc desc = new dnnl_primitive_desc();
        OneDnn.check(
                dnnl_eltwise_backward_primitive_desc_create(
                        desc,
                        OneDnn.ENGINE,
                        function.algorithm(),
                        dx.desc(),
                        dy.desc(),
                        source.desc(),
                        function.alpha(),
                        function.beta(),
                        forward,
                        Emitter.attributes(List.of())),
                "an activation's gradient for " + emitter.node());
        dnnl_primitive_desc_destroy(forward);
        PrimitiveCall call =
                emitter.primitive(desc).with(DNNL_ARG_DIFF_DST, dy).with(DNNL_ARG_DIFF_SRC, dx);
        if (function.fromOutput()) {
            call.with(DNNL_ARG_DST, emitter.filledUp(java.util.Objects.requireNonNull(y)));
        } else {
            call.with(DNNL_ARG_SRC, source);
        }
        return Optional.of(List.of(result));
    }
}
