package org.cnnzoo.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.cnnzoo.build.Step;
import org.cnnzoo.data.Batch;
import org.cnnzoo.data.BatchLoader;
import org.cnnzoo.data.LoaderOptions;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.errors.WorkFailed;
import org.cnnzoo.eval.BatchTensor;
import org.cnnzoo.eval.EvalResult;
import org.cnnzoo.eval.Evaluation;
import org.cnnzoo.eval.NativeMemory;
import org.cnnzoo.run.Checkpoint;
import org.cnnzoo.run.CheckpointFile;
import org.cnnzoo.run.EpochRecord;
import org.cnnzoo.run.FlatVector;
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
    private final Provenance provenance;
    private final RunFolder run;
    private final TrainListener listener;
    private final StopSignal stop;
    private final Trainable model;
    private final TrainState state;
    private final Targets targets;
    private BatchTensor tensor;
    private final Evaluation validation;
    private final Optional<Replicas> replicas;
    private final NativeMemory memory = new NativeMemory();
    private Progress progress;

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
        this.provenance = provenance;
        this.run = run;
        this.listener = listener;
        this.stop = stop;
        this.state = new TrainState(model, settings);
        this.targets =
                new Targets(
                        settings.labelSmoothing(),
                        settings.classWeights()
                                .of(data.train().set(), provenance.classes().size()));
        this.tensor = new BatchTensor(data.train().preprocessing());
        this.validation =
                new Evaluation(
                        provenance.classes(), settings.workers(), settings.limitValBatches());
        this.progress = Progress.start(settings.seed());
    }

    /**
     * Trains from the start.
     *
     * @throws WorkFailed if the loss is no longer finite, the disk is full, or no image can be read
     */
    public Outcome start() {
        run.metrics().cutBack(0);
        // Before the first step, so that a run killed in its first epoch can go on too
        saveLast();
        return train();
    }

    /**
     * Goes on from the run's {@code last.zip}.
     *
     * @throws BadInput if the settings don't fit the checkpoint
     * @throws WorkFailed as {@link #start}, or if the checkpoint is damaged or another network's
     */
    public Outcome resume() {
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
        state.restore(checkpoint);
        progress = checkpoint.progress();
        run.metrics().cutBack(progress.epoch());
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
        while (progress.epoch() < settings.epochs()) {
            if (outOfPatience()) {
                return outcome(Outcome.End.PATIENCE);
            }
            if (!epoch()) {
                saveLast();
                return outcome(Outcome.End.INTERRUPTED);
            }
        }
        return outcome(Outcome.End.COMPLETED);
    }

    private boolean outOfPatience() {
        return settings.patience() > 0
                && progress.epoch() - progress.bestEpoch() >= settings.patience();
    }

    private Outcome outcome(Outcome.End end) {
        List<EpochRecord> records = run.metrics().records();
        return new Outcome(
                end,
                records.isEmpty() ? Optional.empty() : Optional.of(records.get(records.size() - 1)),
                progress.bestEpoch(),
                progress.bestTop1());
    }

    /** Whether the epoch was done, rather than stopped. */
    private boolean epoch() {
        if (!(replicas.isPresent() ? rounds(replicas.get()) : steps())) {
            return false;
        }
        long began = System.nanoTime();
        listener.validationStarted(progress.epoch() + 1);
        Optional<EvalResult> result =
                state.evaluating(() -> validation.run(model, data.val(), () -> stop.requested()));
        if (result.isEmpty()) {
            return false;
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        listener.validationDone(progress.epoch() + 1, result.get().images(), seconds);
        finish(result.get(), seconds);
        return true;
    }

    private boolean steps() {
        int startBatch = (int) (progress.nextSample() / settings.batchSize());
        LoaderOptions options =
                new LoaderOptions(
                        settings.batchSize(),
                        true,
                        settings.seed(),
                        progress.epoch(),
                        settings.workers(),
                        startBatch,
                        settings.balanced());
        EpochSums sums = new EpochSums(progress.sums());
        TrainData.Sized images = data.of(progress.epoch());
        tensor = tensor.orFor(images.train().preprocessing());
        try (BatchLoader loader = new BatchLoader(images.train(), images.augmentation(), options)) {
            int limit = settings.limitTrainBatches();
            int batches = limit > 0 ? Math.min(limit, loader.batches()) : loader.batches();
            int group = settings.gradAccumSteps();
            int steps = (batches + group - 1) / group;
            listener.epochStarted(
                    progress.epoch() + 1, settings.epochs(), steps, startBatch / group);
            for (int n = startBatch / group; n < steps; n++) {
                if (stop.requested()) {
                    return false;
                }
                Parts parts = parts(loader, Math.min(batches, (n + 1) * group));
                if (parts.batches().isEmpty()) {
                    continue; // none of its images could be read
                }
                step(parts, n, steps, sums);
            }
        }
        requireImages();
        return true;
    }

    private void requireImages() {
        if (progress.sums().images() == 0) {
            throw new WorkFailed("there was no image to train on");
        }
    }

    private boolean rounds(Replicas by) {
        Rounds rounds = new Rounds(settings, by, partBatches(by.parts()));
        EpochSums sums = new EpochSums(progress.sums());
        int first = rounds.step(progress.nextSample());
        listener.epochStarted(progress.epoch() + 1, settings.epochs(), rounds.steps(), first);
        for (int n = first; n < rounds.steps(); n += rounds.updates(n)) {
            if (stop.requested()) {
                return false;
            }
            round(rounds, n, sums);
        }
        requireImages();
        return true;
    }

    /** Batches of a part's size in an epoch. */
    private int partBatches(int parts) {
        LoaderOptions options =
                LoaderOptions.training(
                        settings.batchSize() / parts, settings.seed(), progress.epoch());
        try (BatchLoader loader = new BatchLoader(data.train(), data.augmentation(), options)) {
            int limit = settings.limitTrainBatches();
            return limit > 0 ? Math.min(limit * parts, loader.batches()) : loader.batches();
        }
    }

    private void round(Rounds rounds, int index, EpochSums sums) {
        int last = index + rounds.updates(index) - 1;
        double[] rates =
                IntStream.rangeClosed(index, last)
                        .mapToDouble(n -> rate(moment(n, rounds.steps())))
                        .toArray();
        double lr = rates[rates.length - 1];
        Round round = rounds.round(state, progress, index, rates);
        List<Part> parts = rounds.replicas().round(round);
        parts.forEach(this::requireFinite);
        int images = parts.stream().mapToInt(Part::images).sum();
        if (images == 0) {
            return; // none of its images could be read
        }
        parts.forEach(part -> sums.add(part.images(), part.loss(), part.correct()));
        double loss = parts.stream().mapToDouble(Part::loss).sum() / images;
        boolean average = averages(moment(last, rounds.steps()));
        Step step = new Step(loss, model.gradients());
        step = state.bringTogether(parts, round, step, lr, average);
        if (!Double.isFinite(step.loss())) {
            throw notFinite(step.loss(), "step " + (index + 1));
        }
        sums.stepDone(lr, false);
        advance(last, rounds.steps(), rates.length, rounds.samples(last + 1), images, loss, sums);
    }

    private void requireFinite(Part part) {
        if (!part.bad().isEmpty()) {
            FlatVector.of(model.gradients()).write(0, part.vector(), part.vector().length);
            throw notFinite(part.loss() / part.images(), part.bad());
        }
    }

    private Moment moment(int step, int steps) {
        return new Moment(progress.epoch(), step, settings.epochs(), steps, settings.pace());
    }

    private double rate(Moment moment) {
        return settings.schedule().rate(settings.lr(), moment);
    }

    /**
     * The batches of one step.
     *
     * @param waited whether one of them wasn't there yet
     */
    private record Parts(List<Batch> batches, boolean waited) {
        int images() {
            return batches.stream().mapToInt(Batch::size).sum();
        }
    }

    /** The next batches, up to one of that index; those without images are missing. */
    private Parts parts(BatchLoader loader, int end) {
        List<Batch> batches = new ArrayList<>();
        boolean waited = false;
        while (loader.hasNext() && loader.nextIndex() < end) {
            batches.add(loader.next());
            waited |= loader.waited();
        }
        return new Parts(batches, waited);
    }

    private void step(Parts parts, int index, int steps, EpochSums sums) {
        Moment moment = moment(index, steps);
        double lr = rate(moment);
        int images = parts.images();
        double loss =
                parts.batches().size() == 1 && settings.gradAccumSteps() == 1
                        ? whole(parts.batches().get(0), lr, moment, sums)
                        : accumulated(parts.batches(), images, lr, moment, sums);
        sums.stepDone(lr, parts.waited());
        Batch last = parts.batches().get(parts.batches().size() - 1);
        long samples =
                (long) Math.min(last.index() + 1, (index + 1) * settings.gradAccumSteps())
                        * settings.batchSize();
        advance(index, steps, 1, samples, images, loss, sums);
    }

    /** Updates are done, the last one that of an index. */
    private void advance(
            int index,
            int steps,
            int updates,
            long samples,
            int images,
            double loss,
            EpochSums sums) {
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
                        progress.epoch() + 1,
                        index + 1,
                        steps,
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

    private double whole(Batch batch, double lr, Moment moment, EpochSums sums) {
        Step step =
                state.step(
                        tensor.of(batch),
                        targets.of(batch.labels(), batch.share()),
                        progress.iteration(),
                        lr,
                        averages(moment));
        requireFinite(step, batch);
        sums.add(step, batch);
        return step.loss();
    }

    /** The gradients of several batches, each by its share of the images, then one update. */
    private double accumulated(
            List<Batch> batches, int images, double lr, Moment moment, EpochSums sums) {
        double loss = 0;
        Step step = null;
        for (int k = 0; k < batches.size(); k++) {
            Batch batch = batches.get(k);
            double share = (double) batch.size() / images;
            step =
                    state.accumulate(
                            tensor.of(batch),
                            targets.of(batch.labels(), batch.share()),
                            progress.iteration() * settings.gradAccumSteps() + k,
                            share,
                            k == 0);
            requireFinite(step, batch);
            sums.add(step, batch);
            loss += share * step.loss();
        }
        Step mean = new Step(loss, java.util.Objects.requireNonNull(step).logits());
        requireFinite(
                state.updateAccumulated(mean, lr, averages(moment)),
                batches.get(batches.size() - 1));
        return loss;
    }

    private void requireFinite(Step step, Batch batch) {
        if (!Double.isFinite(step.loss())) {
            throw notFinite(step.loss(), NotFinite.batch(batch));
        }
    }

    /** The average follows the weights through warm-up, as torchvision's, and begins after it. */
    private boolean averages(Moment moment) {
        double warmUp = settings.schedule() instanceof Schedule.WarmUp w ? w.epochs() : 0;
        double before = moment.epoch() + (moment.step() - 1.0) / moment.steps();
        return before >= 0 && before >= warmUp;
    }

    private WorkFailed notFinite(double loss, String where) {
        return new WorkFailed(
                "the loss became %s in epoch %d, iteration %d (%s)%n%s%n%s"
                        .formatted(
                                loss,
                                progress.epoch() + 1,
                                progress.iteration() + 1,
                                state.firstNotFinite(),
                                where,
                                "a lower --lr, a longer warm-up or --clip-grad-norm may help"));
    }

    private void finish(EvalResult result, double validationSeconds) {
        Progress.Sums sums = progress.sums();
        int epoch = progress.epoch() + 1;
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
        saveLast();
        listener.epochDone(record, result, best);
    }

    private void saveLast() {
        CheckpointFile.write(run.files().last(), state.resumable(provenance, progress));
    }
}
