package org.cnnzoo.eval;

import java.util.concurrent.TimeUnit;

/**
 * Has what Deeplearning4j leaves behind outside the heap given back.
 *
 * <p>Each operation's context waits for the garbage collector, which sees a few bytes of it and so
 * hardly comes: training ResNet-20 grew by 0.7 GB in 2,000 steps, and by nothing when asked to
 * collect every 300. The request costs some tenths of a second, and no result depends on it.
 */
public final class NativeMemory {
    private static final long LEAST_PASSES = 200;
    private static final long LEAST_NANOS = TimeUnit.SECONDS.toNanos(30);

    private long passes;
    private long since = System.nanoTime();

    /** A pass through the network is done. */
    public void passDone() {
        passes++;
        if (passes >= LEAST_PASSES && System.nanoTime() - since >= LEAST_NANOS) {
            System.gc();
            passes = 0;
            since = System.nanoTime();
        }
    }
}
