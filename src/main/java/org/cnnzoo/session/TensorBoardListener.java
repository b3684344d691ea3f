package org.cnnzoo.session;

import java.util.OptionalDouble;
import org.cnnzoo.eval.EvalResult;
import org.cnnzoo.run.EpochRecord;
import org.cnnzoo.run.RunFolder;
import org.cnnzoo.run.TensorBoardFiles;
import org.cnnzoo.train.TrainListener;

/** Writes every epoch for TensorBoard and tells another listener. */
final class TensorBoardListener implements TrainListener {
    private final TrainListener next;
    private final RunFolder run;
    private final TensorBoardFiles files;
    private OptionalDouble valImagesPerSecond = OptionalDouble.empty();

    TensorBoardListener(RunFolder run, TrainListener next) {
        this.next = next;
        this.run = run;
        this.files = new TensorBoardFiles(run.files().tensorBoard());
    }

    @Override
    public void epochStarted(int epoch, int epochs, int steps, int firstStep) {
        complete();
        next.epochStarted(epoch, epochs, steps, firstStep);
    }

    /** Writes those before the flag was given, or that a killed process had no time for. */
    void complete() {
        run.metrics().records().forEach(record -> files.add(record, OptionalDouble.empty()));
    }

    @Override
    public void stepDone(StepReport report) {
        next.stepDone(report);
    }

    @Override
    public void validationStarted(int epoch) {
        next.validationStarted(epoch);
    }

    @Override
    public void validationDone(int epoch, long images, double seconds) {
        valImagesPerSecond = OptionalDouble.of(images / seconds);
        next.validationDone(epoch, images, seconds);
    }

    @Override
    public void epochDone(EpochRecord record, EvalResult validation, boolean best) {
        files.add(record, valImagesPerSecond);
        next.epochDone(record, validation, best);
    }
}
