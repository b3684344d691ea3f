package org.cnnzoo.train;

import java.util.ArrayList;
import java.util.List;
import org.cnnzoo.build.Step;
import org.cnnzoo.data.Batch;
import org.cnnzoo.data.BatchLoader;
import org.cnnzoo.data.LoaderOptions;
import org.cnnzoo.eval.BatchTensor;
import org.nd4j.linalg.api.ndarray.INDArray;

/** In this process: batch by batch, or several to an update. */
final class BatchPass implements TrainingPass {
    private final TrainSettings settings;
    private final TrainData data;
    private final TrainState state;
    private final Targets targets;
    private final Course course;
    private final StopSignal stop;
    private BatchTensor tensor;

    BatchPass(
            TrainSettings settings,
            TrainData data,
            TrainState state,
            Targets targets,
            Course course,
            StopSignal stop) {
        this.settings = settings;
        this.data = data;
        this.state = state;
        this.targets = targets;
        this.course = course;
        this.stop = stop;
        this.tensor = new BatchTensor(data.train().preprocessing());
    }

    @Override
    public boolean run() {
        int startBatch = (int) (course.progress().nextSample() / settings.batchSize());
        int epoch = course.progress().epoch();
        LoaderOptions options =
                new LoaderOptions(
                        settings.batchSize(),
                        true,
                        settings.seed(),
                        epoch,
                        settings.workers(),
                        startBatch,
                        settings.balanced(),
                        LoaderOptions.ALL);
        EpochSums sums = new EpochSums(course.progress().sums());
        TrainData.Sized images = data.of(epoch);
        tensor = tensor.orFor(images.train().preprocessing());
        try (BatchLoader loader = new BatchLoader(images.train(), images.augmentation(), options)) {
            int limit = settings.limitTrainBatches();
            int batches = limit > 0 ? Math.min(limit, loader.batches()) : loader.batches();
            int group = settings.gradAccumSteps();
            int steps = (batches + group - 1) / group;
            course.epochStarted(steps, startBatch / group);
            for (int n = startBatch / group; n < steps; n++) {
                if (stop.requested()) {
                    return false;
                }
                Parts parts = parts(loader, Math.min(batches, (n + 1) * group));
                if (parts.batches().isEmpty()) {
                    continue; // none of its images could be read
                }
                step(parts, course.moment(n, steps), sums);
            }
        }
        course.imagesDone();
        return true;
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

        Batch last() {
            return batches.get(batches.size() - 1);
        }
    }

    /** The next batches, up to one of that index; those without images are missing. */
    private static Parts parts(BatchLoader loader, int end) {
        List<Batch> batches = new ArrayList<>();
        boolean waited = false;
        while (loader.hasNext() && loader.nextIndex() < end) {
            batches.add(loader.next());
            waited |= loader.waited();
        }
        return new Parts(batches, waited);
    }

    private void step(Parts parts, Moment moment, EpochSums sums) {
        double lr = course.rate(moment);
        double loss =
                settings.gradAccumSteps() == 1
                        ? whole(parts.last(), lr, moment, sums)
                        : accumulated(parts, lr, moment, sums);
        sums.stepDone(lr, parts.waited());
        long samples = (moment.step() + 1L) * settings.gradAccumSteps() * settings.batchSize();
        course.advance(moment, 1, samples, parts.images(), loss, sums);
    }

    private double whole(Batch batch, double lr, Moment moment, EpochSums sums) {
        INDArray images = tensor.of(batch);
        Step step =
                state.step(
                        images,
                        targets.of(batch.labels(), batch.share()),
                        course.progress().iteration(),
                        lr,
                        course.averages(moment));
        requireSound(step.loss(), images, batch);
        sums.add(step, batch);
        return step.loss();
    }

    /** The gradients of several batches, each by its share of the images, then one update. */
    private double accumulated(Parts parts, double lr, Moment moment, EpochSums sums) {
        double loss = 0;
        for (int k = 0; k < parts.batches().size(); k++) {
            Batch batch = parts.batches().get(k);
            INDArray images = tensor.of(batch);
            double share = (double) batch.size() / parts.images();
            Step step =
                    state.accumulate(
                            images,
                            targets.of(batch.labels(), batch.share()),
                            course.progress().iteration() * settings.gradAccumSteps() + k,
                            share,
                            k == 0);
            requireSound(step.loss(), images, batch);
            sums.add(step, batch);
            loss += share * step.loss();
        }
        double end = state.updateAccumulated(loss, lr, course.averages(moment));
        requireSound(end, tensor.of(parts.last()), parts.last());
        return loss;
    }

    private void requireSound(double loss, INDArray images, Batch batch) {
        if (Divergence.has(loss)) {
            throw course.diverged(loss, images, batch);
        }
    }
}
