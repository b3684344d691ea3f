package org.cnnzoo.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.cnnzoo.build.Parameter;
import org.cnnzoo.build.Step;
import org.cnnzoo.errors.WorkFailed;
import org.cnnzoo.run.Checkpoint;
import org.cnnzoo.run.FlatVector;
import org.cnnzoo.run.Progress;
import org.cnnzoo.run.Provenance;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The vectors that a step changes: parameters, the optimiser's state, the moving average. */
public final class TrainState {
    private final Trainable model;
    private final FlatOptimizer optimizer;
    private final @Nullable GradientClipping clipping;
    private final @Nullable ModelEma ema;
    private @Nullable INDArray sum;

    /**
     * At the start of a training, from the model's values as they are.
     *
     * @throws org.cnnzoo.errors.BadInput if a pattern of frozen parameters fits none
     */
    public TrainState(Trainable model, TrainSettings settings) {
        this.model = model;
        long length = model.values().length();
        List<Span> spans =
                Span.of(
                        model.parameters(),
                        settings.weightDecay(),
                        settings.freeze(),
                        settings.rates());
        this.optimizer = new FlatOptimizer(settings.optimizer(), spans, length);
        this.clipping =
                settings.clipGradNorm().isPresent()
                        ? new GradientClipping(settings.clipGradNorm().getAsDouble())
                        : null;
        this.ema =
                settings.emaDecay().isPresent()
                        ? new ModelEma(settings.emaDecay().getAsDouble(), length)
                        : null;
        if (ema != null) {
            ema.reset(FlatVector.of(model.values()));
        }
    }

    /**
     * Forward, backward, update.
     *
     * @param images [N, C, H, W], read during the call only
     * @param targets [N, classes], the share of each class, read during the call only
     * @param iteration counts steps from 0
     * @param average whether the moving average goes on from what it was, rather than anew
     * @return a step whose loss may have diverged: then nothing was updated
     */
    public Step step(
            INDArray images, INDArray targets, long iteration, double lr, boolean average) {
        Step step = model.forwardBackward(images, targets, iteration);
        return Divergence.has(step.loss())
                ? step
                : new Step(update(step.loss(), lr, average), step.logits());
    }

    /**
     * Forward and backward for a part of a step: its share of the gradient is added to what was
     * there.
     *
     * @param pass counts forward passes from 0: dropout masks derive from it
     * @param share the part's share of the step's images, 0..1
     * @param first whether it is the first part, so that nothing was there
     * @return a step whose loss may have diverged
     */
    Step accumulate(INDArray images, INDArray targets, long pass, double share, boolean first) {
        Step step = model.forwardBackward(images, targets, pass);
        if (Divergence.has(step.loss())) {
            return step;
        }
        INDArray gradients = model.gradients();
        optimizer.moveStatistics(FlatVector.of(model.values()), FlatVector.of(gradients));
        INDArray total = sum;
        if (total == null) {
            total = Nd4j.createUninitializedDetached(gradients.dataType(), gradients.length());
            sum = total;
        }
        if (first) {
            total.assign(0);
        }
        total.addi(gradients.muli(share));
        return step;
    }

    /**
     * Updates by the gradients added up.
     *
     * @param loss the mean of their parts
     * @return that, or a number that isn't finite: then nothing was updated
     */
    double updateAccumulated(double loss, double lr, boolean average) {
        model.gradients().assign(java.util.Objects.requireNonNull(sum));
        return update(loss, lr, average);
    }

    private double update(double loss, double lr, boolean average) {
        FlatVector values = FlatVector.of(model.values());
        FlatVector gradients = FlatVector.of(model.gradients());
        double scale = 1;
        if (clipping != null) {
            double norm = optimizer.gradientNorm(gradients);
            if (!Double.isFinite(norm)) {
                return norm;
            }
            scale = clipping.scale(norm);
        }
        optimizer.step(values, gradients, lr, scale);
        if (ema != null && average) {
            ema.update(values);
        } else if (ema != null) {
            ema.reset(values);
        }
        return loss;
    }

    /** Begins where a round does. */
    void take(Round round) {
        FlatVector.of(model.values()).write(0, round.values(), round.values().length);
        int slot = 0;
        for (INDArray vector : optimizer.state().values()) {
            if (slot < round.state().length) {
                float[] from = round.state()[slot++];
                FlatVector.of(vector).write(0, from, from.length);
            }
        }
        optimizer.stepsDone(round.steps());
    }

    /** Moves the running statistics by the last pass's steps. */
    void moveStatistics() {
        optimizer.moveStatistics(FlatVector.of(model.values()), FlatVector.of(model.gradients()));
    }

    /** Parameters and running statistics [P]. */
    float[] valuesCopy() {
        return FlatVector.copy(model.values());
    }

    /** The optimiser's vectors [P], in the order of their names. */
    float[][] vectorsCopy() {
        return optimizer.state().values().stream().map(FlatVector::copy).toArray(float[][]::new);
    }

    /**
     * Brings together what the parts of a round led to: one update by the sum of their gradients,
     * or the mean of what their own updates led to; by their share of the images either way.
     *
     * @param loss the mean of the parts
     * @param lr of the update, if there is one here
     * @return that loss, or a number that isn't finite: then nothing was updated
     */
    double bringTogether(List<Part> parts, Round round, double loss, double lr, boolean average) {
        double images = parts.stream().mapToInt(Part::images).sum();
        double[] shares = parts.stream().mapToDouble(part -> part.images() / images).toArray();
        List<float[]> vectors = parts.stream().map(Part::vector).toList();
        if (round.sync() == Sync.GRADIENTS) {
            Rounds.mean(vectors, shares, model.gradients());
            return update(loss, lr, average);
        }
        Rounds.mean(vectors, shares, model.values());
        int slot = 0;
        for (INDArray vector : optimizer.state().values()) {
            int s = slot++;
            Rounds.mean(
                    parts.stream()
                            .map(part -> part.images() == 0 ? part.vector() : part.state()[s])
                            .toList(),
                    shares,
                    vector);
        }
        optimizer.stepsDone(round.steps() + round.rates().length);
        return loss;
    }

    /** Does something while the model holds the values that count for evaluation. */
    <T> T evaluating(Supplier<T> work) {
        if (ema == null) {
            return work.get();
        }
        FlatVector values = FlatVector.of(model.values());
        ema.swap(values);
        try {
            return work.get();
        } finally {
            ema.swap(FlatVector.of(model.values())); // asked anew: the model hears of the change
        }
    }

    /** All that training goes on from. */
    Checkpoint resumable(Provenance provenance, Progress progress) {
        return checkpoint(
                provenance,
                progress,
                Optional.ofNullable(ema).map(e -> model.values()),
                optimizer.state());
    }

    /** What evaluation and prediction need. */
    Checkpoint evaluable(Provenance provenance, Progress progress) {
        return checkpoint(provenance, progress, Optional.empty(), new TreeMap<>());
    }

    private Checkpoint checkpoint(
            Provenance provenance,
            Progress progress,
            Optional<INDArray> trained,
            SortedMap<String, INDArray> vectors) {
        INDArray values = model.values();
        return new Checkpoint(
                provenance,
                progress,
                model.configuration(),
                ema == null ? values : ema.average().reshape(values.shape()),
                trained,
                vectors);
    }

    /**
     * Takes over a checkpoint's vectors.
     *
     * @throws WorkFailed if they are of another network
     * @throws org.cnnzoo.errors.BadInput if they are of another optimiser
     */
    void restore(Checkpoint checkpoint) {
        INDArray trained = checkpoint.trained().orElse(checkpoint.values());
        if (trained.length() != model.values().length()) {
            throw new WorkFailed(
                    "the checkpoint has %d parameters, the network has %d: it is another network's"
                            .formatted(trained.length(), model.values().length()));
        }
        optimizer.restore(checkpoint.optimizer(), checkpoint.progress().iteration());
        copy(trained, model.values());
        if (ema != null) {
            copy(checkpoint.values(), ema.average());
        }
    }

    private static void copy(INDArray from, INDArray to) {
        to.assign(from.reshape(to.shape()));
    }

    /** Where among the values something is beyond all bounds, as a line for a message. */
    Optional<String> lostValue() {
        return Divergence.in("values", model.parameters(), FlatVector.of(model.values()));
    }

    /**
     * Where a loss that isn't finite began, as a line for a message: in the values, in a layer's
     * output, or in the gradients, which go from the last layer to the first.
     *
     * @param images of the batch, if they are here
     */
    String whereDiverged(Optional<INDArray> images) {
        List<Parameter> lastFirst = new ArrayList<>(model.parameters());
        Collections.reverse(lastFirst);
        return lostValue()
                .or(
                        () ->
                                images.flatMap(model::firstNotFinite)
                                        .map(layer -> "not finite first in the output of " + layer))
                .or(() -> Divergence.in("gradients", lastFirst, FlatVector.of(model.gradients())))
                .orElse("all values, outputs and gradients are finite");
    }
}
