package org.cnnzoo.console;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Consumer;
import me.tongfei.progressbar.ProgressBar;
import org.cnnzoo.eval.EvalResult;
import org.cnnzoo.run.EpochRecord;
import org.cnnzoo.train.TrainListener;
import org.jspecify.annotations.Nullable;

/**
 * A training as a person watches it: a bar that moves with the images on a terminal, and a line for
 * each epoch everywhere.
 */
public final class ProgressDisplay implements TrainListener, AutoCloseable {
    private final PrintWriter err;
    private final boolean moving;
    private final int batchSize;
    private final int images;
    private final Consumer<String> log;
    private @Nullable ProgressBar bar;
    private int epochs;
    private double lossSum;
    private long lossImages;

    /**
     * @param err where the lines go; the bar goes to the process's own stderr
     * @param moving whether to draw a bar
     * @param batchSize images in a step
     * @param images of a whole epoch
     * @param log takes the lines too
     */
    public ProgressDisplay(
            PrintWriter err, boolean moving, int batchSize, int images, Consumer<String> log) {
        this.err = err;
        this.moving = moving;
        this.batchSize = batchSize;
        this.images = images;
        this.log = log;
    }

    @Override
    public void epochStarted(int epoch, int of, int steps, int firstStep) {
        close();
        epochs = of;
        lossSum = 0;
        lossImages = 0;
        if (moving) {
            bar =
                    ImageBar.start(
                            "epoch %d/%d".formatted(epoch, of),
                            (long) firstStep * batchSize,
                            Math.min(images, (long) steps * batchSize));
        }
    }

    @Override
    public void stepDone(StepReport report) {
        ProgressBar now = bar;
        if (now != null) {
            lossSum += report.loss() * report.images();
            lossImages += report.images();
            now.stepBy(report.images());
            now.setExtraMessage(
                    String.format(
                            Locale.ROOT, " loss %.3f lr %.2g", lossSum / lossImages, report.lr()));
        }
    }

    @Override
    public void validationStarted(int epoch) {
        ProgressBar now = bar;
        if (now != null) {
            now.setExtraMessage(" validating");
        }
    }

    @Override
    public void epochDone(EpochRecord record, EvalResult validation, boolean best) {
        close();
        String line = line(record, epochs) + (best ? "  best" : "");
        err.println(line);
        err.flush();
        log.accept(line);
    }

    /** Takes the bar away. */
    @Override
    public void close() {
        ProgressBar now = bar;
        if (now != null) {
            now.close();
            bar = null;
        }
    }

    public static String line(EpochRecord record, int epochs) {
        return String.format(
                Locale.ROOT,
                "epoch %d/%d  lr %.3g  train loss %.4f top-1 %.2f %%  val loss %.4f top-1 %.2f %%"
                        + " top-5 %.2f %%  %,.0f img/s  %.1f s",
                record.epoch(),
                epochs,
                record.lr(),
                record.trainLoss(),
                100 * record.trainTop1(),
                record.valLoss(),
                100 * record.valTop1(),
                100 * record.valTop5(),
                record.imagesPerSecond(),
                record.seconds());
    }
}
