package org.cnnzoo.build.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_FROM;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_TO;
import static org.bytedeco.dnnl.global.dnnl.dnnl_a;
import static org.bytedeco.dnnl.global.dnnl.dnnl_ab;
import static org.bytedeco.dnnl.global.dnnl.dnnl_abcd;
import static org.bytedeco.dnnl.global.dnnl.dnnl_abcde;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_desc_equal;
import static org.bytedeco.dnnl.global.dnnl.dnnl_nChw8c;
import static org.bytedeco.dnnl.global.dnnl.dnnl_post_ops_append_eltwise;
import static org.bytedeco.dnnl.global.dnnl.dnnl_post_ops_append_sum;
import static org.bytedeco.dnnl.global.dnnl.dnnl_post_ops_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_attr_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_attr_set_post_ops;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_attr_set_scratchpad_mode;
import static org.bytedeco.dnnl.global.dnnl.dnnl_reorder_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_scratchpad_mode_user;

import java.util.List;
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
    private final int layout;
    private String node = "";
    private boolean preparing;

    /**
     * @param layout of maps, a format tag for [N, C, H, W]
     */
    Emitter(Program program, Parameters parameters, boolean training, int layout) {
        this.program = program;
        this.parameters = parameters;
        this.training = training;
        this.layout = layout;
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
        boolean maps = dims.rank() == 4 && !(layout == dnnl_nChw8c && dims.get(1) <= FEW_CHANNELS);
        return maps ? Value.desc(dims, layout) : plain(dims);
    }

    /** The layout without any blocks: as Java would write the array. */
    static dnnl_memory_desc plain(Dims dims) {
        int tag =
                switch (dims.rank()) {
                    case 1 -> dnnl_a;
                    case 2 -> dnnl_ab;
                    case 4 -> dnnl_abcd;
                    case 5 -> dnnl_abcde;
                    default -> throw new IllegalArgumentException("rank " + dims.rank());
                };
        return Value.desc(dims, tag);
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

    /** The array in another layout; itself if it has it already. */
    Value reorder(Value from, dnnl_memory_desc to) {
        if (dnnl_memory_desc_equal(from.desc(), to) != 0) {
            return from;
        }
        Value copy = Value.planned(from.dims(), to);
        copy(from, copy);
        return copy;
    }

    /** The array in the layout without blocks. */
    Value plain(Value from) {
        return reorder(from, plain(from.dims()));
    }

    /** The array in the program's layout. */
    Value laidOut(Value from) {
        return reorder(from, layout(from.dims()));
    }

    /** Copies, changing the layout. */
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

    /** Attributes with these post-ops; memory to work in is ours. */
    static dnnl_primitive_attr attributes(List<PostOp> postOps) {
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
        }
        return attributes;
    }
}
