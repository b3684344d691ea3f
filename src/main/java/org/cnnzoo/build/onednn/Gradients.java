package org.cnnzoo.build.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_MULTIPLE_SRC;
import static org.bytedeco.dnnl.global.dnnl.dnnl_sum_primitive_desc_create;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.javacpp.PointerPointer;
import org.cnnzoo.network.Network;

/** The gradients of nodes' outputs on their way back: one from each node that read it. */
final class Gradients {
    private final Emitter emitter;
    private final Map<String, List<Value>> parts = new HashMap<>();

    Gradients(Emitter emitter) {
        this.emitter = emitter;
    }

    /** Adds one reader's; of the image none is needed. */
    void add(String node, Value value) {
        if (!node.equals(Network.INPUT)) {
            parts.computeIfAbsent(node, name -> new ArrayList<>()).add(value);
        }
    }

    /** The sum of all, emitted for the current node; nothing if nobody who trains has read it. */
    Optional<Value> take(String node) {
        return Optional.ofNullable(parts.remove(node)).map(this::sum);
    }

    private Value sum(List<Value> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        List<Value> laidOut = parts.stream().map(emitter::laidOut).toList();
        Value sum = emitter.activation(parts.get(0).dims());
        float[] ones = new float[parts.size()];
        Arrays.fill(ones, 1);
        PointerPointer<dnnl_primitive_desc> made = new PointerPointer<>(1);
        OneDnn.check(
                dnnl_sum_primitive_desc_create(
                        made,
                        OneDnn.ENGINE,
                        sum.desc(),
                        ones.length,
                        ones,
                        new PointerPointer<>(
                                laidOut.stream().map(Value::desc).toArray(dnnl_memory_desc[]::new)),
                        Emitter.attributes(List.of())),
                "a sum of gradients for " + emitter.node());
        dnnl_primitive_desc desc = made.get(dnnl_primitive_desc.class, 0);
        PrimitiveCall call = emitter.primitive(desc).with(DNNL_ARG_DST, sum);
        for (int i = 0; i < ones.length; i++) {
            call.with(DNNL_ARG_MULTIPLE_SRC + i, laidOut.get(i));
        }
        return sum;
    }
}
