package org.cnnzoo.console;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/**
 * How far work on images has come: a bar on a terminal, where there are more than a few images, and
 * elsewhere a line every ten seconds.
 */
public final class PredictionProgress implements IntConsumer, AutoCloseable {
    private static final int FEW = 16;
    private static final long LINE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final PrintWriter err;
    private final int images;
    private final @Nullable ProgressBar bar;
    private int done;
    private long lastLine = System.nanoTime();

    /**
     * @param err where the lines go; the bar goes to the process's own stderr
     * @param moving whether to draw a bar
     * @param task what is done, in a word
     * @param images in all
     */
    public PredictionProgress(PrintWriter err, boolean moving, String task, int images) {
        this.err = err;
        this.images = images;
        this.bar = moving && images > FEW ? ImageBar.start(task, 0, images) : null;
    }

    @Override
    public void accept(int more) {
        done += more;
        if (bar != null) {
            bar.stepBy(more);
        } else if (done < images && System.nanoTime() - lastLine >= LINE_NANOS) {
            err.printf(Locale.ROOT, "%,d of %,d images%n", done, images);
            err.flush();
            lastLine = System.nanoTime();
        }
    }

    /** Takes the bar away. */
    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
