package org.cnnzoo.build.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_nhwc;

import java.util.List;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.cnnzoo.build.onednn.Value.Dims;

/** Some of an array's channels, seen in place. */
final class ChannelWindows {
    private static final int CHANNELS = 1;

    private final Emitter emitter;

    ChannelWindows(Emitter emitter) {
        this.emitter = emitter;
    }

    /**
     * The layout of an array that is to be cut into parts: the program's, where its blocks, which
     * can't be cut, allow.
     */
    dnnl_memory_desc layout(Dims whole, List<Dims> parts) {
        boolean between =
                parts.stream().allMatch(part -> part.get(CHANNELS) % Form.WIDEST_BLOCK == 0);
        return between || whole.rank() != 4
                ? emitter.layout(whole)
                : Value.desc(whole, emitter.form().type(), dnnl_nhwc);
    }

    /** The array in a layout in which each part is a window. */
    Value cuttable(Value whole, List<Dims> parts) {
        return emitter.reorder(whole, layout(whole.dims(), parts));
    }

    /** The window of these sizes from that channel on: the same memory. */
    Value window(Value whole, Dims part, long channel) {
        long[] offsets = new long[part.rank()];
        offsets[CHANNELS] = channel;
        return whole.window(part, offsets);
    }

    /** A copy of the window in the program's layout. */
    Value copy(Value whole, Dims part, long channel) {
        Value copy = emitter.activation(part);
        emitter.copy(window(whole, part, channel), copy);
        return copy;
    }
}
