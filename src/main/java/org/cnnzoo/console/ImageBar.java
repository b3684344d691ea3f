package org.cnnzoo.console;

import java.text.DecimalFormat;
import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar on the process's own stderr that moves with the images and shows their speed. */
final class ImageBar {
    private static final int UPDATE_MILLIS = 250;

    private ImageBar() {}

    /**
     * Draws it; closing takes it away.
     *
     * @param task what is done, in a word or two
     * @param done how many images the work begins behind
     * @param images in all
     */
    static ProgressBar start(String task, long done, long images) {
        return new ProgressBarBuilder()
                .setTaskName(task)
                .startsFrom(done, Duration.ZERO)
                .setInitialMax(images)
                .setUnit(" img", 1)
                .showSpeed(new DecimalFormat("#,##0"))
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(UPDATE_MILLIS)
                .clearDisplayOnFinish()
                .setConsumer(new ConsoleProgressBarConsumer(System.err, Terminal.width()))
                .build();
    }
}
