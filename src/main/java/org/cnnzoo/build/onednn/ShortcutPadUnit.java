package org.cnnzoo.build.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_pooling_avg_exclude_padding;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.bytedeco.javacpp.Pointer;
import org.cnnzoo.build.onednn.Value.Dims;
import org.cnnzoo.network.Shape;
import org.cnnzoo.network.ShortcutPad;
import org.jspecify.annotations.Nullable;

/**
 * Every stride-th pixel, then zero channels behind the others. A mean over windows of one pixel is
 * how oneDNN skips pixels in any layout.
 */
final class ShortcutPadUnit implements Unit {
    private static final Geometry.Ints ONE = new Geometry.Ints(1, 1);
    private static final Geometry.Ints NONE = new Geometry.Ints(0, 0);

    private final Emitter emitter;
    private final ChannelWindows windows;
    private final Shape output;
    private final PoolUnit sampling;
    private @Nullable Dims sampled;

    ShortcutPadUnit(Emitter emitter, ShortcutPad pad, Shape input, Shape output) {
        this.emitter = emitter;
        this.windows = new ChannelWindows(emitter);
        this.output = output;
        Geometry.Ints strides = new Geometry.Ints(pad.stride().height(), pad.stride().width());
        this.sampling =
                new PoolUnit(
                        emitter,
                        Shape.maps(input.channels(), output.height(), output.width()),
                        dnnl_pooling_avg_exclude_padding,
                        new Geometry(ONE, strides, NONE, NONE, NONE));
    }

    @Override
    public Value forward(List<Value> inputs) {
        Value front = sampling.forward(inputs);
        Dims part = front.dims();
        sampled = part;
        Dims whole = Dims.of(part.get(0), output.channels(), part.get(2), part.get(3));
        Value y = Value.planned(whole, windows.layout(whole, List.of(part)));
        emitter.java(List.of(y), () -> Pointer.memset(y.pointer(), 0, y.storage().bytes()));
        emitter.copy(front, windows.window(y, part, 0));
        return emitter.laidOut(y);
    }

    @Override
    public Optional<List<Value>> backward(Value gradient, boolean needed) {
        if (!needed) {
            return Optional.empty();
        }
        Dims part = Objects.requireNonNull(sampled);
        Value dy = windows.cuttable(gradient, List.of(part));
        return sampling.backward(windows.copy(dy, part, 0), true);
    }
}
