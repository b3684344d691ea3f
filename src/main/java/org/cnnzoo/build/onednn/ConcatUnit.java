package org.cnnzoo.build.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_MULTIPLE_SRC;
import static org.bytedeco.dnnl.global.dnnl.dnnl_concat_primitive_desc_create;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.javacpp.PointerPointer;
import org.cnnzoo.build.onednn.Value.Dims;

/** Channels of several arrays behind each other. */
final class ConcatUnit implements Unit {
    private static final int CHANNELS = 1;

    private final Emitter emitter;
    private List<Value> parts = List.of();

    ConcatUnit(Emitter emitter) {
        this.emitter = emitter;
    }

    @Override
    public Value forward(List<Value> inputs) {
        parts = inputs.stream().map(emitter::laidOut).toList();
        long channels = 0;
        dnnl_memory_desc[] descs = new dnnl_memory_desc[parts.size()];
        for (int i = 0; i < descs.length; i++) {
            descs[i] = parts.get(i).desc();
            channels += parts.get(i).dims().get(CHANNELS);
        }
        List<Long> sizes = new ArrayList<>(parts.get(0).dims().sizes());
        sizes.set(CHANNELS, channels);
        Value y = emitter.activation(new Dims(sizes));
        PointerPointer<dnnl_primitive_desc> made = new PointerPointer<>(1);
        OneDnn.check(
                dnnl_concat_primitive_desc_create(
                        made,
                        OneDnn.ENGINE,
                        y.desc(),
                        descs.length,
                        CHANNELS,
                        new PointerPointer<>(descs),
                        Emitter.attributes(List.of())),
                "a concatenation for " + emitter.node());
        dnnl_primitive_desc desc = made.get(dnnl_primitive_desc.class, 0);
        PrimitiveCall call = emitter.primitive(desc).with(DNNL_ARG_DST, y);
        for (int i = 0; i < descs.length; i++) {
            call.with(DNNL_ARG_MULTIPLE_SRC + i, parts.get(i));
        }
        return y;
    }

    @Override
    public Optional<List<Value>> backward(Value gradient, boolean needed) {
        if (!needed) {
            return Optional.empty();
        }
        ChannelWindows windows = new ChannelWindows(emitter);
        Value dy = windows.cuttable(gradient, parts.stream().map(Value::dims).toList());
        List<Value> gradients = new ArrayList<>();
        long channel = 0;
        for (Value part : parts) {
            gradients.add(windows.copy(dy, part.dims(), channel));
            channel += part.dims().get(CHANNELS);
        }
        return Optional.of(gradients);
    }
}
