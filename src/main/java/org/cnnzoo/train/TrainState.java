package org.cnnzoo.train;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.cnnzoo.build.Step;
import org.cnnzoo.errors.WorkFailed;
import org.cnnzoo.run.Checkpoint;
import org.cnnzoo.run.FlatVector;
import org.cnnzoo.run.Progress;
import org.cnnzoo.run.Provenance;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The vectors that a step changes: parameters, the optimiser's state, the moving average. */
public final class TrainState {
    private final Trainable model;
    private final FlatOptimizer optimizer;
    private final @Nullable GradientClipping clipping;
    private final @Nullable ModelEma ema;

    /**
     * At the start of a training, from the model's values as they are.
     *
     * @throws org.cnnzoo.errors.BadInput if a pattern of frozen parameters fits none
     */
    public TrainState(Trainable model, TrainSettings settings) {
        this.model = model;
        long length = model.values().length();
        List<Span> spans = Span.of(model.parameters(), settings.weightDecay(), settings.freeze());
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
     * @param iteration counts steps from 0
     * @param average whether the moving average goes on from what it was, rather than anew
     * @return a step whose loss may not be finite: then nothing was updated
     */
    public Step step(
            INDArray images, INDArray targets, long iteration, double lr, boolean average) {
        Step step = model.forwardBackward(images, targets, iteration);
        if (!Double.isFinite(step.loss())) {
            return step;
        }
        FlatVector values = FlatVector.of(model.values());
        FlatVector gradients = FlatVector.of(model.gradients());
        double scale = 1;
        if (clipping != null) {
            double norm = optimizer.gradientNorm(gradients);
            if (!Double.isFinite(norm)) {
                return new Step(norm, step.logits());
            }
            scale = clipping.scale(norm);
        }
        optimizer.step(values, gradients, lr, scale);
        if (ema != null && average) {
            ema.update(values);
        } else if (ema != null) {
            ema.reset(values);
        }
        return step;
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
            ema.swap(values);
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

    /** The first parameter in which something isn't a number, as a line for a message. */
    String firstNotFinite() {
        return NotFinite.in("values", model.parameters(), FlatVector.of(model.values()))
                .or(
                        () ->
                                NotFinite.in(
                                        "gradients",
                                        model.parameters(),
                                        FlatVector.of(model.gradients())))
                .orElse("all values and gradients are finite");
    }
}
