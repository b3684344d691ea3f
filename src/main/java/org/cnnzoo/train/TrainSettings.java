package org.cnnzoo.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.cnnzoo.errors.BadInput;

/**
 * All that the training loop is told, besides the model and the data.
 *
 * @param epochs passes over the training split, 1 or more
 * @param batchSize images in a step, 1 or more
 * @param lr the learning rate, the schedule's greatest, above 0
 * @param optimizer with its own constants
 * @param weightDecay of each role of parameter
 * @param schedule of the learning rate, warm-up included
 * @param pace whether the rate changes by epoch or by iteration
 * @param labelSmoothing share of a label spread evenly over all classes, 0 to below 1
 * @param clipGradNorm the greatest norm of the whole gradient; empty: any
 * @param emaDecay of the moving average of the weights at each step; empty: no average
 * @param classWeights in the loss
 * @param freeze globs of parameter names ({@code features.*}) that are not trained; running
 *     statistics among them stay as they are
 * @param rates factors of the learning rate by glob of parameter names
 * @param gradAccumSteps batches whose gradients are averaged before an update, 1 or more
 * @param balanced whether each class is drawn as often, with replacement, rather than each image
 *     once
 * @param seed of order and augmentation
 * @param workers threads that make batches ahead, 0 or more
 * @param patience stop after so many epochs without a better validation top-1; 0: never
 * @param limitTrainBatches only so many batches of each epoch; 0: all
 * @param limitValBatches only so many batches of each validation; 0: all
 * @param saveEvery steps between checkpoints within an epoch; 0: only at an epoch's end
 */
public record TrainSettings(
        int epochs,
        int batchSize,
        double lr,
        Optimizer optimizer,
        WeightDecay weightDecay,
        Schedule schedule,
        Moment.Pace pace,
        double labelSmoothing,
        OptionalDouble clipGradNorm,
        OptionalDouble emaDecay,
        ClassWeights classWeights,
        List<String> freeze,
        Map<String, Double> rates,
        int gradAccumSteps,
        boolean balanced,
        long seed,
        int workers,
        int patience,
        int limitTrainBatches,
        int limitValBatches,
        int saveEvery) {

    public TrainSettings {
        freeze = List.copyOf(freeze);
        rates = Collections.unmodifiableMap(new LinkedHashMap<>(rates));
        Require.atLeast("grad-accum-steps", gradAccumSteps, 1);
        Require.atLeast("epochs", epochs, 1);
        Require.atLeast("batch-size", batchSize, 1);
        Require.above("lr", lr, 0);
        Require.within("label-smoothing", labelSmoothing, 0, 1);
        clipGradNorm.ifPresent(norm -> Require.above("clip-grad-norm", norm, 0));
        emaDecay.ifPresent(decay -> Require.within("model-ema-decay", decay, 0, 1));
        Require.atLeast("workers", workers, 0);
        Require.atLeast("patience", patience, 0);
        Require.atLeast("limit-train-batches", limitTrainBatches, 0);
        Require.atLeast("limit-val-batches", limitValBatches, 0);
        Require.atLeast("save-every", saveEvery, 0);
        if (schedule.byIteration() && pace == Moment.Pace.EPOCH) {
            throw new BadInput("the rate of onecycle changes by iteration, not by epoch");
        }
        if (schedule instanceof Schedule.WarmUp warmUp) {
            if (warmUp.epochs() > epochs) {
                throw new BadInput(
                        "lr-warmup-epochs (%s) must not exceed epochs (%d)"
                                .formatted(warmUp.epochs(), epochs));
            }
            if (pace == Moment.Pace.EPOCH && warmUp.epochs() != Math.rint(warmUp.epochs())) {
                throw new BadInput(
                        "lr-warmup-epochs must be whole where the rate changes by epoch, not "
                                + warmUp.epochs());
            }
        }
    }

    /**
     * Settings in the making, from PyTorch's plain defaults: SGD without momentum or decay, a
     * constant rate, seed 0.
     */
    public static Builder builder(int epochs, int batchSize, double lr) {
        return new Builder(epochs, batchSize, lr);
    }

    /** Each setting by its name; see {@link TrainSettings} for what they mean. */
    public static final class Builder {
        private final int epochs;
        private final int batchSize;
        private final double lr;
        private Optimizer optimizer = new Optimizer.Sgd(0, false);
        private WeightDecay weightDecay = WeightDecay.NONE;
        private Schedule schedule = new Schedule.Constant();
        private Moment.Pace pace = Moment.Pace.EPOCH;
        private double labelSmoothing;
        private OptionalDouble clipGradNorm = OptionalDouble.empty();
        private OptionalDouble emaDecay = OptionalDouble.empty();
        private ClassWeights classWeights = ClassWeights.NONE;
        private List<String> freeze = List.of();
        private Map<String, Double> rates = Map.of();
        private int gradAccumSteps = 1;
        private boolean balanced;
        private long seed;
        private int workers;
        private int patience;
        private int limitTrainBatches;
        private int limitValBatches;
        private int saveEvery;

        private Builder(int epochs, int batchSize, double lr) {
            this.epochs = epochs;
            this.batchSize = batchSize;
            this.lr = lr;
        }

        public Builder optimizer(Optimizer value) {
            this.optimizer = value;
            return this;
        }

        public Builder weightDecay(WeightDecay value) {
            this.weightDecay = value;
            return this;
        }

        public Builder schedule(Schedule value) {
            this.schedule = value;
            return this;
        }

        public Builder pace(Moment.Pace value) {
            this.pace = value;
            return this;
        }

        public Builder labelSmoothing(double value) {
            this.labelSmoothing = value;
            return this;
        }

        public Builder clipGradNorm(double value) {
            this.clipGradNorm = OptionalDouble.of(value);
            return this;
        }

        public Builder emaDecay(double value) {
            this.emaDecay = OptionalDouble.of(value);
            return this;
        }

        public Builder classWeights(ClassWeights value) {
            this.classWeights = value;
            return this;
        }

        public Builder freeze(List<String> value) {
            this.freeze = value;
            return this;
        }

        public Builder rates(Map<String, Double> value) {
            this.rates = value;
            return this;
        }

        public Builder gradAccumSteps(int value) {
            this.gradAccumSteps = value;
            return this;
        }

        public Builder balanced(boolean value) {
            this.balanced = value;
            return this;
        }

        public Builder seed(long value) {
            this.seed = value;
            return this;
        }

        public Builder workers(int value) {
            this.workers = value;
            return this;
        }

        public Builder patience(int value) {
            this.patience = value;
            return this;
        }

        public Builder limitTrainBatches(int value) {
            this.limitTrainBatches = value;
            return this;
        }

        public Builder limitValBatches(int value) {
            this.limitValBatches = value;
            return this;
        }

        public Builder saveEvery(int value) {
            this.saveEvery = value;
            return this;
        }

        /**
         * The settings.
         *
         * @throws BadInput if one is out of its bounds
         */
        public TrainSettings build() {
            return new TrainSettings(
                    epochs,
                    batchSize,
                    lr,
                    optimizer,
                    weightDecay,
                    schedule,
                    pace,
                    labelSmoothing,
                    clipGradNorm,
                    emaDecay,
                    classWeights,
                    freeze,
                    rates,
                    gradAccumSteps,
                    balanced,
                    seed,
                    workers,
                    patience,
                    limitTrainBatches,
                    limitValBatches,
                    saveEvery);
        }
    }
}
