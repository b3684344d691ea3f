package org.cnnzoo.train;

import java.util.List;
import java.util.Optional;
import org.cnnzoo.data.Batch;
import org.cnnzoo.errors.WorkFailed;
import org.cnnzoo.eval.EvalResult;
import org.cnnzoo.eval.NativeMemory;
import org.cnnzoo.run.CheckpointFile;
import org.cnnzoo.run.EpochRecord;
import org.cnnzoo.run.Progress;
import org.cnnzoo.run.Provenance;
import org.cnnzoo.run.RunFolder;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How far a training has come, where that puts its learning rate, and what is told and written on
 * the way.
 */
final class Course {
    private static final String ADVICE =
            "a lower --lr, a longer warm-up or --clip-grad-norm may help";

    private final TrainSettings settings;
    private final TrainState state;
    private final Provenance provenance;
    private final RunFolder run;
    private final TrainListener listener;
    private final NativeMemory memory = new NativeMemory();
    private Progress progress;
    private List<Double> losses = List.of();
    private int lossesAt = -1;

    /** At the start. */
    Course(
            TrainSettings settings,
            TrainState state,
            Provenance provenance,
            RunFolder run,
            TrainListener listener) {
        this.settings = settings;
        this.state = state;
        this.provenance = provenance;
        this.run = run;
        this.listener = listener;
        this.progress = Progress.start(settings.seed());
    }

    /** Goes on from there. */
    void goOnFrom(Progress before) {
        progress = before;
    }

    Progress progress() {
        return progress;
    }

    /** The epoch that goes on, from 1. */
    int epoch() {
        return progress.epoch() + 1;
    }

    /**
     * The place of one of this epoch's steps.
     *
     * @param step from 0
     * @param steps of the epoch
     */
    Moment moment(int step, int steps) {
        return new Moment(progress.epoch(), step, settings.epochs(), steps, settings.pace());
    }

    double rate(Moment moment) {
        double rate = settings.schedule().rate(settings.lr(), moment);
        return settings.schedule().plateau().map(p -> p.lowered(rate, losses())).orElse(rate);
    }

    /** The validation losses of the epochs that are done behind warm-up; read once an epoch. */
    private List<Double> losses() {
        double warmUp = warmUp();
        if (lossesAt != progress.epoch()) {
            lossesAt = progress.epoch();
            losses =
                    run.metrics().records().stream()
                            .filter(record -> record.epoch() <= progress.epoch())
                            .filter(record -> record.epoch() > warmUp)
                            .map(EpochRecord::valLoss)
                            .toList();
        }
        return losses;
    }

    private double warmUp() {
        return settings.schedule() instanceof Schedule.WarmUp w ? w.epochs() : 0;
    }

    /**
     * Whether the moving average goes on from what it was: it follows the weights through warm-up,
     * as torchvision's, and begins after it.
     */
    boolean averages(Moment moment) {
        double warmUp = warmUp();
        double before = moment.epoch() + (moment.step() - 1.0) / moment.steps();
        return before >= 0 && before >= warmUp;
    }

    /**
     * The epoch begins, or goes on.
     *
     * @param firstStep the first that is still to do, from 0
     */
    void epochStarted(int steps, int firstStep) {
        listener.epochStarted(epoch(), settings.epochs(), steps, firstStep);
    }

    /**
     * Updates are done.
     *
     * @param moment of the last one
     * @param updates how many
     * @param samples of the epoch's order that are done now
     * @param images that they saw
     * @param loss mean over those
     */
    void advance(
            Moment moment, int updates, long samples, int images, double loss, EpochSums sums) {
        long before = progress.iteration();
        progress =
                new Progress(
                        progress.epoch(),
                        samples,
                        before + updates,
                        sums.sums(),
                        progress.bestEpoch(),
                        progress.bestTop1(),
                        settings.seed());
        memory.passDone();
        listener.stepDone(
                new TrainListener.StepReport(
                        epoch(),
                        moment.step() + 1,
                        moment.steps(),
                        progress.iteration(),
                        images,
                        loss,
                        progress.sums().lr(),
                        sums.imagesPerSecond()));
        int every = settings.saveEvery();
        if (every > 0 && progress.iteration() / every != before / every) {
            saveLast();
        }
    }

    /**
     * What to throw where a loss has diverged.
     *
     * @param images of the batch, if they are here
     * @param batch a line about it
     */
    WorkFailed diverged(double loss, Optional<INDArray> images, String batch) {
        return new WorkFailed(
                "the loss became %s in epoch %d, iteration %d (%s)%n%s%n%s"
                        .formatted(
                                loss,
                                epoch(),
                                progress.iteration() + 1,
                                state.whereDiverged(images),
                                batch,
                                ADVICE));
    }

    /** The same, where the batch is here: all its names go into the run's log. */
    WorkFailed diverged(double loss, INDArray images, Batch batch) {
        WorkFailed failure = diverged(loss, Optional.of(images), Divergence.batch(batch));
        run.logBeside(failure, Divergence.names(batch));
        return failure;
    }

    /** Or a checkpoint would take the place of the last good one. */
    private void requireSoundValues() {
        state.lostValue()
                .ifPresent(
                        where -> {
                            throw new WorkFailed(
                                    "the update of iteration %d in epoch %d went too far (%s)%n%s is as it was%n%s"
                                            .formatted(
                                                    progress.iteration(),
                                                    epoch(),
                                                    where,
                                                    run.files().last(),
                                                    ADVICE));
                        });
    }

    /**
     * All images of the epoch are done.
     *
     * @throws WorkFailed if there was none that could be read
     */
    void imagesDone() {
        if (progress.sums().images() == 0) {
            throw new WorkFailed("there was no image to train on");
        }
    }

    /**
     * The epoch is done: writes its metrics and checkpoints.
     *
     * @param validationSeconds how long validation took
     */
    void epochDone(EvalResult result, double validationSeconds) {
        requireSoundValues();
        // However large: behind running statistics of a few steps it may be, and recovers
        if (!Double.isFinite(result.loss())) {
            throw new WorkFailed(
                    "the validation loss became %s in epoch %d%n%s%n%s"
                            .formatted(
                                    result.loss(),
                                    epoch(),
                                    "the training images' was %s"
                                            .formatted(
                                                    progress.sums().loss()
                                                            / progress.sums().images()),
                                    ADVICE));
        }
        Progress.Sums sums = progress.sums();
        int epoch = epoch();
        EpochRecord record =
                new EpochRecord(
                        epoch,
                        progress.iteration(),
                        sums.lr(),
                        sums.loss() / sums.images(),
                        (double) sums.correct() / sums.images(),
                        result.loss(),
                        result.top1(),
                        result.top5(),
                        sums.images() / sums.seconds(),
                        sums.seconds() + validationSeconds,
                        (double) sums.waits() / sums.steps());
        boolean best = progress.bestEpoch() == 0 || result.top1() > progress.bestTop1();
        progress =
                new Progress(
                        epoch,
                        0,
                        progress.iteration(),
                        Progress.Sums.ZERO,
                        best ? epoch : progress.bestEpoch(),
                        best ? result.top1() : progress.bestTop1(),
                        settings.seed());
        run.metrics().append(record);
        if (best) {
            CheckpointFile.write(run.files().best(), state.evaluable(provenance, progress));
        }
        writeLast();
        listener.epochDone(record, result, best);
    }

    /** Writes {@code last.zip}. */
    void saveLast() {
        requireSoundValues();
        writeLast();
    }

    private void writeLast() {
        CheckpointFile.write(run.files().last(), state.resumable(provenance, progress));
    }
}
