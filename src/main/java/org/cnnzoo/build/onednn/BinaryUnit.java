package org.cnnzoo.build.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_add;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_mul;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_eltwise_linear;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_inference;
import static org.bytedeco.dnnl.global.dnnl.dnnl_pooling_avg_exclude_padding;
import static org.bytedeco.dnnl.global.dnnl.dnnl_pooling_forward_primitive_desc_create;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.cnnzoo.build.onednn.Emitter.PostOp;
import org.cnnzoo.build.onednn.Value.Dims;

/** The sum or the product of two arrays; in a product one may have a single value per channel. */
final class BinaryUnit implements Unit {
    private final Emitter emitter;
    private final boolean product;
    private final List<PostOp> postOps;
    private List<Value> inputs = List.of();

    BinaryUnit(Emitter emitter, boolean product, List<PostOp> postOps) {
        this.emitter = emitter;
        this.product = product;
        this.postOps = postOps;
    }

    @Override
    public Value forward(List<Value> given) {
        inputs = given.stream().map(emitter::laidOut).toList();
        int larger = inputs.get(1).dims().count() > inputs.get(0).dims().count() ? 1 : 0;
        return emit(inputs.get(larger), inputs.get(1 - larger), product, postOps);
    }

    private Value emit(Value a, Value b, boolean multiply, List<PostOp> after) {
        return emit(emitter, a, b, multiply, after);
    }

    /** Emits a + b or a b; {@code b} may be smaller. */
    static Value emit(Emitter emitter, Value a, Value b, boolean multiply, List<PostOp> after) {
        Value y = Value.planned(a.dims(), a.desc());
        dnnl_primitive_desc desc = new dnnl_primitive_desc();
        OneDnn.check(
                dnnl_binary_primitive_desc_create(
                        desc,
                        OneDnn.ENGINE,
                        multiply ? dnnl_binary_mul : dnnl_binary_add,
                        a.desc(),
                        b.desc(),
                        y.desc(),
                        Emitter.attributes(after)),
                "two arrays joined for " + emitter.node());
        emitter.primitive(desc)
                .with(DNNL_ARG_SRC_0, a)
                .with(DNNL_ARG_SRC_1, b)
                .with(DNNL_ARG_DST, y);
        return y;
    }

    @Override
    public Optional<List<Value>> backward(Value gradient, boolean needed) {
        if (!needed) {
            return Optional.empty();
        }
        Value dy = emitter.laidOut(gradient);
        if (!product) {
            return Optional.of(List.of(dy, dy));
        }
        List<Value> gradients = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Value own = inputs.get(i);
            Value other = inputs.get(1 - i);
            gradients.add(reduce(emit(dy, other, true, List.of()), own.dims()));
        }
        return Optional.of(gradients);
    }

    /** Sums over what the smaller array has once: a mean over whole maps, times their size. */
    private Value reduce(Value full, Dims dims) {
        if (full.dims().equals(dims)) {
            return full;
        }
        Value sum = emitter.activation(dims);
        long height = full.dims().get(2);
        long width = full.dims().get(3);
        long[] none = {0, 0};
        dnnl_primitive_desc desc = new dnnl_primitive_desc();
        // oneDNN's own reduction has no fast form for sums over maps
        OneDnn.check(
                dnnl_pooling_forward_primitive_desc_create(
                        desc,
                        OneDnn.ENGINE,
                        dnnl_forward_inference,
                        dnnl_pooling_avg_exclude_padding,
                        full.desc(),
                        sum.desc(),
                        new long[] {1, 1},
                        new long[] {height, width},
                        none,
                        none,
                        none,
                        Emitter.attributes(
                                List.of(
                                        new PostOp(
                                                dnnl_eltwise_linear, height * (float) width, 0)))),
                "a sum over maps for " + emitter.node());
        emitter.primitive(desc).with(DNNL_ARG_SRC, full).with(DNNL_ARG_DST, sum);
        return sum;
    }
}
