package org.cnnzoo.build.onednn;

import java.util.List;
import java.util.Optional;
import org.cnnzoo.build.onednn.Value.Dims;
import org.jspecify.annotations.Nullable;

/** Maps [N, C, H, W] as rows [N, C H W], or nothing where they are rows already. */
final class FlattenUnit implements Unit {
    private final Emitter emitter;
    private @Nullable Dims dims;

    FlattenUnit(Emitter emitter) {
        this.emitter = emitter;
    }

    @Override
    public Value forward(List<Value> inputs) {
        Value x = emitter.unblocked(inputs.get(0));
        dims = x.dims();
        Dims rows = Dims.of(x.dims().get(0), x.dims().count() / x.dims().get(0));
        return x.as(rows, emitter.unblocked(rows));
    }

    @Override
    public Optional<List<Value>> backward(Value dy, boolean needed) {
        Dims was = java.util.Objects.requireNonNull(dims);
        Value plain = emitter.unblocked(dy);
        return Optional.of(List.of(emitter.laidOut(plain.as(was, emitter.unblocked(was)))));
    }
}
