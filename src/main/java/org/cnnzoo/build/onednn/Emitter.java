package org.cnnzoo.build.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_FROM;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_TO;
import static org.bytedeco.dnnl.global.dnnl.dnnl_a;
import static org.bytedeco.dnnl.global.dnnl.dnnl_ab;
import static org.bytedeco.dnnl.global.dnnl.dnnl_abcd;
import static org.bytedeco.dnnl.global.dnnl.dnnl_abcde;
import static org.bytedeco.dnnl.global.dnnl.dnnl_f32;
import static org.bytedeco.dnnl.global.dnnl.dnnl_post_ops_append_eltwise;
import static org.bytedeco.dnnl.global.dnnl.dnnl_post_ops_append_sum;
import static org.bytedeco.dnnl.global.dnnl.dnnl_post_ops_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_post_ops_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_attr_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_attr_set_post_ops;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_attr_set_scratchpad_mode;
import static org.bytedeco.dnnl.global.dnnl.dnnl_reorder_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_scratchpad_mode_user;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_post_ops;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.cnnzoo.build.onednn.Value.Dims;

/** Writes calls into a program, on behalf of one node after another. */
final class Emitter {
    private static final int FEW_CHANNELS = 4;

    private final Program program;
    private final Parameters parameters;
    private final boolean training;
    private final Form form;
    private String node = "";
    private boolean preparing;

    /**
     * @param form of arrays between layers
     */
    Emitter(Program program, Parameters parameters, boolean training, Form form) {
        this.program = program;
        this.parameters = parameters;
        this.training = training;
        this.form = form;
    }

    /** Names the node that the next calls belong to. */
    void at(String name) {
        node = name;
    }

    String node() {
        return node;
    }

    boolean training() {
        return training;
    }

    Parameters parameters() {
        return parameters;
    }

    /**
     * The layout that activations of these sizes have all through the program; an image's few
     * channels are not filled up to a block.
     */
    dnnl_memory_desc layout(Dims dims) {
        return layout(dims, form.type());
    }

    /** The same of another type. */
    private dnnl_memory_desc layout(Dims dims, int type) {
        boolean maps = dims.rank() == 4 && !(form.blocked() && dims.get(1) <= FEW_CHANNELS);
        return Value.desc(dims, type, maps ? form.layout() : plainTag(dims));
    }

    /**
     * The array with its last block of channels counted whole, if it is in the program's layout:
     * what fills that block up is zero, and has to stay so.
     */
    Value filledUp(Value from) {
        Dims dims = from.dims();
        long block = form.block();
        if (dims.rank() != 4 || dims.get(1) <= FEW_CHANNELS || !from.has(layout(dims))) {
            return from;
        }
        long channels = (dims.get(1) + block - 1) / block * block;
        Dims whole = Dims.of(dims.get(0), channels, dims.get(2), dims.get(3));
        return from.as(whole, layout(whole));
    }

    /** The layout without any blocks, of the program's type. */
    dnnl_memory_desc unblocked(Dims dims) {
        return Value.desc(dims, form.type(), plainTag(dims));
    }

    Form form() {
        return form;
    }

    /** The layout without any blocks, in single precision: as Java would write the array. */
    static dnnl_memory_desc plain(Dims dims) {
        return Value.desc(dims, dnnl_f32, plainTag(dims));
    }

    private static int plainTag(Dims dims) {
        return switch (dims.rank()) {
            case 1 -> dnnl_a;
            case 2 -> dnnl_ab;
            case 4 -> dnnl_abcd;
            case 5 -> dnnl_abcde;
            default -> throw new IllegalArgumentException("rank " + dims.rank());
        };
    }

    /** A new array in the program's layout. */
    Value activation(Dims dims) {
        return Value.planned(dims, layout(dims));
    }

    /**
     * Emits what depends on parameters alone: in training with the step, for they change with each;
     * in inference once, ahead of all runs.
     */
    void ahead(Runnable emission) {
        preparing = !training;
        try {
            emission.run();
        } finally {
            preparing = false;
        }
    }

    private void add(Call call) {
        if (preparing) {
            program.addPreparation(call);
        } else {
            program.add(call);
        }
    }

    /** Adds a primitive's call. */
    PrimitiveCall primitive(dnnl_primitive_desc desc) {
        PrimitiveCall call = new PrimitiveCall(node, desc).withScratchpad();
        add(call);
        return call;
    }

    /** Adds something done in Java. */
    void java(List<Value> values, Runnable work) {
        add(new JavaCall(node, values, work));
    }

    /** The array in another layout or type; itself if it has it already. */
    Value reorder(Value from, dnnl_memory_desc to) {
        if (from.has(to)) {
            return from;
        }
        Value copy = Value.planned(from.dims(), to);
        copy(from, copy);
        return copy;
    }

    /** The array as Java reads it. */
    Value plain(Value from) {
        return reorder(from, plain(from.dims()));
    }

    /** The array in the program's layout and type. */
    Value laidOut(Value from) {
        return reorder(from, layout(from.dims()));
    }

    /** The array in the program's layout, in single precision. */
    Value laidOutSingle(Value from) {
        return reorder(from, layout(from.dims(), dnnl_f32));
    }

    /** The array in the program's type, without blocks. */
    Value unblocked(Value from) {
        return reorder(from, unblocked(from.dims()));
    }

    /**
     * Emits what fills an array by way of another layout, if need be.
     *
     * @param written the layout that can be written
     * @param emission given the array to write
     */
    void into(Value target, dnnl_memory_desc written, Consumer<Value> emission) {
        boolean direct = target.has(written);
        Value result = direct ? target : Value.planned(target.dims(), written);
        emission.accept(result);
        if (!direct) {
            copy(result, target);
        }
    }

    /** Copies, changing layout and type. */
    void copy(Value from, Value to) {
        dnnl_primitive_desc desc = new dnnl_primitive_desc();
        OneDnn.check(
                dnnl_reorder_primitive_desc_create(
                        desc,
                        from.desc(),
                        OneDnn.ENGINE,
                        to.desc(),
                        OneDnn.ENGINE,
                        attributes(List.of())),
                "a reorder for " + node);
        primitive(desc).with(DNNL_ARG_FROM, from).with(DNNL_ARG_TO, to);
    }

    /**
     * What a primitive does to its result before it is written.
     *
     * @param algorithm an eltwise algorithm; 0 adds what is there already
     */
    record PostOp(int algorithm, float alpha, float beta) {
        static final PostOp SUM = new PostOp(0, 0, 0);
    }

    /** Made once each, for they never change and oneDNN doesn't free them. */
    private static final Map<List<PostOp>, dnnl_primitive_attr> ATTRIBUTES =
            new ConcurrentHashMap<>();

    /** Attributes with these post-ops; memory to work in is ours. */
    static dnnl_primitive_attr attributes(List<PostOp> postOps) {
        return ATTRIBUTES.computeIfAbsent(List.copyOf(postOps), Emitter::newAttributes);
    }

    private static dnnl_primitive_attr newAttributes(List<PostOp> postOps) {
        dnnl_primitive_attr attributes = new dnnl_primitive_attr();
        OneDnn.check(dnnl_primitive_attr_create(attributes), "attributes");
        OneDnn.check(
                dnnl_primitive_attr_set_scratchpad_mode(attributes, dnnl_scratchpad_mode_user),
                "a scratchpad");
        if (!postOps.isEmpty()) {
            dnnl_post_ops list = new dnnl_post_ops();
            OneDnn.check(dnnl_post_ops_create(list), "post-ops");
            for (PostOp op : postOps) {
                OneDnn.check(
                        op.algorithm() == 0
                                ? dnnl_post_ops_append_sum(list, 1, 0, 0)
                                : dnnl_post_ops_append_eltwise(
                                        list, op.algorithm(), op.alpha(), op.beta()),
                        "a post-op");
            }
            OneDnn.check(dnnl_primitive_attr_set_post_ops(attributes, list), "post-ops");
            dnnl_post_ops_destroy(list);
        }
        return attributes;
    }
}
