package org.cnnzoo.train;

import java.util.concurrent.atomic.AtomicBoolean;

/** A wish, from any thread, that training stops after the step that is being done. */
public final class StopSignal {
    private final AtomicBoolean requested = new AtomicBoolean();

    /** Asks for the stop. */
    public void request() {
        requested.set(true);
    }

    /** Whether somebody asked. */
    public boolean requested() {
        return requested.get();
    }
}
