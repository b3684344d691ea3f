package org.cnnzoo.console;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.cnnzoo.train.StopSignal;

/**
 * Ctrl-C (SIGINT) or SIGTERM while work is under way: the work is asked to stop, and the JVM waits
 * with its end until {@link #close}, so that a checkpoint can be written. The JVM then exits with
 * 128 and the signal's number: 130 after Ctrl-C.
 *
 * <p>A shutdown hook, since the JDK has no public way to handle a signal.
 */
public final class Interruption implements AutoCloseable {
    /** What a command that was interrupted exits with. */
    public static final int EXIT_CODE = 130;

    private static final long LONGEST_WAIT_MINUTES = 10;

    private final StopSignal signal = new StopSignal();
    private final PrintWriter err;
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook = new Thread(this::interrupted, "interruption");

    /** Begins to listen. */
    public Interruption(PrintWriter err) {
        this.err = err;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Where the work hears of it. */
    public StopSignal signal() {
        return signal;
    }

    private void interrupted() {
        err.println();
        err.println("Stopping after this step to write a checkpoint ...");
        err.flush();
        signal.request();
        try {
            if (!done.await(LONGEST_WAIT_MINUTES, TimeUnit.MINUTES)) {
                err.println(
                        "cnn: the step took too long; the last checkpoint is the one to resume");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The work is over: the JVM may end. */
    @Override
    public void close() {
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending already: that is what the hook was for
        }
    }
}
