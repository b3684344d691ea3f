package org.cnnzoo.build.onednn;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.dnnl.dnnl_memory_desc;

/**
 * A layer's weights in the layouts and types that its primitives want. Backward passes share what
 * the forward one made; in inference they are made ahead of all runs.
 */
final class WeightForms {
    private final Emitter emitter;
    private final Supplier<Value> master;
    private final List<Value> made = new ArrayList<>();

    /**
     * @param master emits the weights as parameters have them, in single precision without blocks
     */
    WeightForms(Emitter emitter, Supplier<Value> master) {
        this.emitter = emitter;
        this.master = master;
    }

    /** The weights in that layout and type: the parameters themselves if they have it. */
    Value as(dnnl_memory_desc wanted) {
        for (Value known : made) {
            if (known.has(wanted)) {
                return known;
            }
        }
        emitter.ahead(() -> made.add(emitter.reorder(master.get(), wanted)));
        return made.get(made.size() - 1);
    }
}
