package org.cnnzoo.spark;

import java.io.Serializable;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.errors.WorkFailed;
import org.jspecify.annotations.Nullable;

/** Work as Spark takes it. What would fail again is a result: Spark would try it four times. */
final class Call<S extends Serializable, A extends Serializable, R extends Serializable>
        implements Function<A, Call.Result<R>> {
    private static final long serialVersionUID = 1L;

    private final Broadcast<S> shared;
    private final Work<S, A, R> work;

    Call(Broadcast<S> shared, Work<S, A, R> work) {
        this.shared = shared;
        this.work = work;
    }

    /**
     * What came of a piece: its value, or what was wrong.
     *
     * @param wrong whether somebody asked for something impossible, rather than work failing
     */
    record Result<R extends Serializable>(@Nullable R value, @Nullable String error, boolean wrong)
            implements Serializable {
        R get() {
            if (value != null) {
                return value;
            }
            throw wrong
                    ? new BadInput(String.valueOf(error))
                    : new WorkFailed(String.valueOf(error));
        }
    }

    @Override
    public Result<R> call(A piece) throws Exception {
        try {
            return new Result<>(work.on(shared.value(), piece), null, false);
        } catch (BadInput | WorkFailed e) {
            return new Result<>(null, String.valueOf(e.getMessage()), e instanceof BadInput);
        }
    }
}
