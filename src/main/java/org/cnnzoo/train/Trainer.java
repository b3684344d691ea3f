package org.cnnzoo.train;

import java.util.List;
import java.util.Optional;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.errors.WorkFailed;
import org.cnnzoo.eval.EvalResult;
import org.cnnzoo.eval.Evaluation;
import org.cnnzoo.run.Checkpoint;
import org.cnnzoo.run.CheckpointFile;
import org.cnnzoo.run.EpochRecord;
import org.cnnzoo.run.Progress;
import org.cnnzoo.run.Provenance;
import org.cnnzoo.run.RunFolder;

/**
 * The training loop.
 *
 * <p>An epoch is its steps, validation, a line of metrics, {@code best.zip} if no epoch before had
 * as good a validation top-1, and {@code last.zip}, in this order: a run that is killed goes on
 * from {@code last.zip} and does again, with the same bits, whatever came after it.
 *
 * <p>With a moving average of the weights, it is the average that is validated and that {@code
 * best.zip} holds.
 */
public final class Trainer {
    private final TrainSettings settings;
    private final TrainData data;
    private final RunFolder run;
    private final TrainListener listener;
    private final StopSignal stop;
    private final Trainable model;
    private final TrainState state;
    private final Course course;
    private final TrainingPass training;
    private final Evaluation validation;
    private final Optional<Replicas> replicas;

    /**
     * @param model trained in place, from the values it has
     * @param provenance goes into the checkpoints; its classes are the network's outputs
     * @param run where metrics and checkpoints go
     * @throws BadInput if the settings don't fit the model or the data
     */
    public Trainer(
            TrainSettings settings,
            Trainable model,
            TrainData data,
            Provenance provenance,
            RunFolder run,
            TrainListener listener,
            StopSignal stop) {
        this(settings, model, data, provenance, run, listener, stop, Optional.empty());
    }

    /**
     * The same with replicas that do the passes of each step.
     *
     * @param replicas of the model, for a batch size that their number divides
     */
    public Trainer(
            TrainSettings settings,
            Trainable model,
            TrainData data,
            Provenance provenance,
            RunFolder run,
            TrainListener listener,
            StopSignal stop,
            Optional<Replicas> replicas) {
        this.replicas = replicas;
        this.settings = settings;
        this.model = model;
        this.data = data;
        this.run = run;
        this.listener = listener;
        this.stop = stop;
        this.state = new TrainState(model, settings);
        this.course = new Course(settings, state, provenance, run, listener);
        this.training =
                replicas.isPresent()
                        ? new ReplicaPass(
                                settings, data, model, state, replicas.get(), course, stop)
                        : new BatchPass(settings, data, state, targets(provenance), course, stop);
        this.validation =
                new Evaluation(
                        provenance.classes(), settings.workers(), settings.limitValBatches());
    }

    private Targets targets(Provenance provenance) {
        return new Targets(
                settings.labelSmoothing(),
                settings.classWeights().of(data.train().set(), provenance.classes().size()));
    }

    /**
     * Trains from the start.
     *
     * @throws WorkFailed if the loss is no longer finite, the disk is full, or no image can be read
     */
    public Outcome start() {
        run.metrics().cutBack(0);
        // Before the first step, so that a run killed in its first epoch can go on too
        course.saveLast();
        return train();
    }

    /** {@link #resume(Runnable)} for one who needn't know. */
    public Outcome resume() {
        return resume(() -> {});
    }

    /**
     * Goes on from the run's {@code last.zip}.
     *
     * @param accepted told once the settings have been found to fit it, before anything is written
     * @throws BadInput if the settings don't fit the checkpoint
     * @throws WorkFailed as {@link #start}, or if the checkpoint is damaged or another network's
     */
    public Outcome resume(Runnable accepted) {
        Checkpoint checkpoint = CheckpointFile.read(run.files().last());
        if (checkpoint.progress().nextSample() % settings.batchSize() != 0) {
            throw new BadInput(
                    "batch-size %d doesn't fit a run that stopped after %d images of an epoch%n"
                                    .formatted(
                                            settings.batchSize(),
                                            checkpoint.progress().nextSample())
                            + "a divisor of that number does, or the batch size it had");
        }
        requireWhole("grad-accum-steps", settings.gradAccumSteps(), checkpoint.progress());
        replicas.filter(r -> r.sync() == Sync.GRADIENTS)
                .ifPresent(r -> requireWhole("sync-every", r.every(), checkpoint.progress()));
        int lines = run.metrics().records().size();
        if (lines < checkpoint.progress().epoch()) {
            throw new WorkFailed(
                    "%s has %d epochs, %s %d%nthe run's own metrics.jsonl would be right, whole"
                            .formatted(
                                    run.files().metrics(),
                                    lines,
                                    run.files().last(),
                                    checkpoint.progress().epoch()));
        }
        state.restore(checkpoint);
        course.goOnFrom(checkpoint.progress());
        accepted.run();
        run.metrics().cutBack(checkpoint.progress().epoch());
        return train();
    }

    private void requireWhole(String setting, int batches, Progress at) {
        if (at.nextSample() % ((long) settings.batchSize() * batches) != 0) {
            throw new BadInput(
                    "%s %d doesn't fit a run that stopped after %d images of an epoch"
                            .formatted(setting, batches, at.nextSample()));
        }
    }

    private Outcome train() {
        while (course.progress().epoch() < settings.epochs()) {
            if (outOfPatience()) {
                return outcome(Outcome.End.PATIENCE);
            }
            if (!epoch()) {
                course.saveLast();
                return outcome(Outcome.End.INTERRUPTED);
            }
        }
        return outcome(Outcome.End.COMPLETED);
    }

    private boolean outOfPatience() {
        Progress progress = course.progress();
        return settings.patience() > 0
                && progress.epoch() - progress.bestEpoch() >= settings.patience();
    }

    private Outcome outcome(Outcome.End end) {
        List<EpochRecord> records = run.metrics().records();
        return new Outcome(
                end,
                records.isEmpty() ? Optional.empty() : Optional.of(records.get(records.size() - 1)),
                course.progress().bestEpoch(),
                course.progress().bestTop1());
    }

    /** Whether the epoch was done, rather than stopped. */
    private boolean epoch() {
        if (!training.run()) {
            return false;
        }
        long began = System.nanoTime();
        listener.validationStarted(course.epoch());
        Optional<EvalResult> result =
                state.evaluating(() -> validation.run(model, data.val(), () -> stop.requested()));
        if (result.isEmpty()) {
            return false;
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        listener.validationDone(course.epoch(), result.get().images(), seconds);
        course.epochDone(result.get(), seconds);
        return true;
    }
}
