package org.cnnzoo.train;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** A wish, from any thread, that training stops after the step that is being done. */
public final class StopSignal {
    private final AtomicBoolean requested = new AtomicBoolean();
    private final BooleanSupplier elsewhere;

    /** One by itself. */
    public StopSignal() {
        this.elsewhere = () -> false;
    }

    /** One for a part of some work: who stops all of it stops this part too. */
    public StopSignal(StopSignal all) {
        this.elsewhere = all::requested;
    }

    /** Asks for the stop. */
    public void request() {
        requested.set(true);
    }

    /** Whether somebody asked. */
    public boolean requested() {
        return requested.get() || elsewhere.getAsBoolean();
    }
}
