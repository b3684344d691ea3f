package org.cnnzoo.train;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.cnnzoo.data.BatchLoader;
import org.cnnzoo.data.LoaderOptions;
import org.cnnzoo.run.FlatVector;

/** By replicas of the network, which are brought together round by round. */
final class ReplicaPass implements TrainingPass {
    private final TrainSettings settings;
    private final TrainData data;
    private final Trainable model;
    private final TrainState state;
    private final Replicas replicas;
    private final Course course;
    private final StopSignal stop;

    ReplicaPass(
            TrainSettings settings,
            TrainData data,
            Trainable model,
            TrainState state,
            Replicas replicas,
            Course course,
            StopSignal stop) {
        this.settings = settings;
        this.data = data;
        this.model = model;
        this.state = state;
        this.replicas = replicas;
        this.course = course;
        this.stop = stop;
    }

    @Override
    public boolean run() {
        Rounds rounds = new Rounds(settings, replicas, partBatches());
        EpochSums sums = new EpochSums(course.progress().sums());
        int first = rounds.step(course.progress().nextSample());
        course.epochStarted(rounds.steps(), first);
        for (int n = first; n < rounds.steps(); n += rounds.updates(n)) {
            if (stop.requested()) {
                return false;
            }
            round(rounds, n, sums);
        }
        course.imagesDone();
        return true;
    }

    /** Batches of a part's size in an epoch. */
    private int partBatches() {
        int parts = replicas.parts();
        LoaderOptions options =
                LoaderOptions.training(
                        settings.batchSize() / parts, settings.seed(), course.progress().epoch());
        try (BatchLoader loader = new BatchLoader(data.train(), data.augmentation(), options)) {
            int limit = settings.limitTrainBatches();
            return limit > 0 ? Math.min(limit * parts, loader.batches()) : loader.batches();
        }
    }

    private void round(Rounds rounds, int index, EpochSums sums) {
        int last = index + rounds.updates(index) - 1;
        Moment moment = course.moment(last, rounds.steps());
        double[] rates =
                IntStream.rangeClosed(index, last)
                        .mapToDouble(n -> course.rate(course.moment(n, rounds.steps())))
                        .toArray();
        double lr = rates[rates.length - 1];
        Round round = rounds.round(state, course.progress(), index, rates);
        List<Part> parts = replicas.round(round);
        parts.forEach(this::requireFinite);
        int images = parts.stream().mapToInt(Part::images).sum();
        if (images == 0) {
            return; // none of its images could be read
        }
        parts.forEach(part -> sums.add(part.images(), part.loss(), part.correct()));
        double loss = parts.stream().mapToDouble(Part::loss).sum() / images;
        double end = state.bringTogether(parts, round, loss, lr, course.averages(moment));
        if (Divergence.has(end)) {
            throw course.diverged(end, Optional.empty(), "step " + (index + 1));
        }
        sums.stepDone(lr, false);
        course.advance(moment, rates.length, rounds.samples(last + 1), images, loss, sums);
    }

    private void requireFinite(Part part) {
        if (!part.bad().isEmpty()) {
            FlatVector.of(model.gradients()).write(0, part.vector(), part.vector().length);
            throw course.diverged(part.loss() / part.images(), Optional.empty(), part.bad());
        }
    }
}
