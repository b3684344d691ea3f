package org.cnnzoo.build.onednn;

import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.cnnzoo.build.kernel.DropoutMask;
import org.cnnzoo.build.onednn.Value.Dims;
import org.cnnzoo.network.Dropout;
import org.jspecify.annotations.Nullable;

/** Dropout: the mask is drawn as ND4J's kernel draws it, from the seed, the step and the place. */
final class DropoutUnit implements Unit {
    private final Emitter emitter;
    private final Dropout dropout;
    private final long seed;
    private final LongSupplier iteration;
    private @Nullable Value mask;

    DropoutUnit(Emitter emitter, Dropout dropout, long seed, LongSupplier iteration) {
        this.emitter = emitter;
        this.dropout = dropout;
        this.seed = seed;
        this.iteration = iteration;
    }

    private boolean idle() {
        return !emitter.training() || dropout.rate() == 0;
    }

    @Override
    public Value forward(List<Value> inputs) {
        if (idle()) {
            return inputs.get(0);
        }
        Value x = inputs.get(0);
        Dims dims = new Dims(dropout.unit().maskSizes(x.dims().sizes()));
        Value drawn = Value.planned(dims, Emitter.plain(dims));
        float[] factors = new float[Math.toIntExact(dims.count())];
        emitter.java(
                List.of(drawn),
                () -> {
                    DropoutMask.draw(factors, dropout.rate(), seed, iteration.getAsLong());
                    drawn.floats().put(factors);
                });
        // Not in the program's type: a factor of bfloat16 would be off by up to 0.4 %
        Value factor = emitter.laidOutSingle(drawn);
        mask = factor;
        return BinaryUnit.emit(emitter, x, factor, true, List.of());
    }

    @Override
    public Optional<List<Value>> backward(Value dy, boolean needed) {
        if (!needed) {
            return Optional.empty();
        }
        if (mask == null) {
            return Optional.of(List.of(dy));
        }
        return Optional.of(
                List.of(BinaryUnit.emit(emitter, emitter.laidOut(dy), mask, true, List.of())));
    }
}
