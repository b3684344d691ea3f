package org.cnnzoo.train;

import java.util.List;
import java.util.Optional;
import org.cnnzoo.errors.BadInput;

/**
 * The learning rate at each moment of a training, as {@code torch.optim.lr_scheduler} defines it.
 *
 * <p>Time counts in epochs; {@link Moment.Pace} says whether it moves with each epoch or each step.
 */
public sealed interface Schedule {

    /**
     * The learning rate.
     *
     * @param lr the base rate, the schedule's greatest
     * @param time epochs gone by since the schedule began, with a fraction where the pace is by
     *     iteration
     * @param total epochs that the schedule lasts
     * @param stepShare one step in epochs: 1 / steps of an epoch
     */
    double rate(double lr, double time, double total, double stepShare);

    /** The learning rate at a moment. */
    default double rate(double lr, Moment moment) {
        return rate(lr, moment.time(), moment.epochs(), 1.0 / moment.steps());
    }

    /** What lowers the rate by what validation came to, beside the schedule. */
    default Optional<Plateau> plateau() {
        return Optional.empty();
    }

    /** Whether it only makes sense with {@link Moment.Pace#ITERATION}. */
    default boolean byIteration() {
        return false;
    }

    /** The base rate throughout. */
    record Constant() implements Schedule {
        @Override
        public double rate(double lr, double time, double total, double stepShare) {
            return lr;
        }
    }

    /**
     * Times {@code gamma} after every {@code every} epochs (StepLR).
     *
     * @param every epochs, 1 or more
     * @param gamma above 0
     */
    record Step(int every, double gamma) implements Schedule {
        public Step {
            Require.atLeast("lr-step-size", every, 1);
            Require.above("lr-gamma", gamma, 0);
        }

        @Override
        public double rate(double lr, double time, double total, double stepShare) {
            return lr * Math.pow(gamma, Math.floor(time / every));
        }
    }

    /**
     * Times {@code gamma} when each milestone is reached (MultiStepLR).
     *
     * @param milestones epochs gone by, rising
     * @param gamma above 0
     */
    record MultiStep(List<Integer> milestones, double gamma) implements Schedule {
        public MultiStep {
            milestones = List.copyOf(milestones);
            Require.above("lr-gamma", gamma, 0);
            for (int i = 0; i < milestones.size(); i++) {
                Require.atLeast("an epoch of lr-milestones", milestones.get(i), 1);
                if (i > 0 && milestones.get(i) <= milestones.get(i - 1)) {
                    throw new BadInput("lr-milestones must rise, not " + milestones);
                }
            }
        }

        @Override
        public double rate(double lr, double time, double total, double stepShare) {
            return lr
                    * Math.pow(gamma, (double) milestones.stream().filter(m -> m <= time).count());
        }
    }

    /**
     * Times {@code gamma} with every epoch (ExponentialLR).
     *
     * @param gamma above 0
     */
    record Exponential(double gamma) implements Schedule {
        public Exponential {
            Require.above("lr-gamma", gamma, 0);
        }

        @Override
        public double rate(double lr, double time, double total, double stepShare) {
            return lr * Math.pow(gamma, time);
        }
    }

    /**
     * Half a cosine from the base rate to {@code min} (CosineAnnealingLR; SGDR, Loshchilov and
     * Hutter 2016, equation 5).
     *
     * @param min the rate at the end, 0 or more
     */
    record Cosine(double min) implements Schedule {
        public Cosine {
            Require.atLeast("lr-min", min, 0);
        }

        @Override
        public double rate(double lr, double time, double total, double stepShare) {
            return min + (lr - min) * (1 + Math.cos(Math.PI * time / total)) / 2;
        }
    }

    /**
     * {@code (1 - time / total) ^ power} of the way above {@code min} (PolynomialLR, with a floor).
     *
     * @param power above 0; 1 is a straight line
     * @param min the rate at the end, 0 or more
     */
    record Poly(double power, double min) implements Schedule {
        public Poly {
            Require.above("lr-power", power, 0);
            Require.atLeast("lr-min", min, 0);
        }

        @Override
        public double rate(double lr, double time, double total, double stepShare) {
            return min + (lr - min) * Math.pow(Math.max(0, 1 - time / total), power);
        }
    }

    /**
     * The base rate, times {@code gamma} whenever the validation loss hasn't become lower for more
     * than {@code patience} epochs (ReduceLROnPlateau with its defaults: lower by a ten thousandth
     * at least). The counters derive from the losses of all epochs, so that a checkpoint needs
     * none.
     *
     * @param gamma above 0 and below 1
     * @param patience epochs, 0 or more
     * @param min the lowest rate, 0 or more
     */
    record Plateau(double gamma, int patience, double min) implements Schedule {
        private static final double THRESHOLD = 1e-4;
        private static final double LEAST_CHANGE = 1e-8;

        public Plateau {
            Require.above("lr-gamma", gamma, 0);
            Require.atLeast("lr-patience", patience, 0);
            Require.atLeast("lr-min", min, 0);
        }

        @Override
        public double rate(double lr, double time, double total, double stepShare) {
            return lr;
        }

        @Override
        public Optional<Plateau> plateau() {
            return Optional.of(this);
        }

        /**
         * What a rate has become.
         *
         * @param losses of validation, of all epochs that are done, in order
         */
        public double lowered(double rate, List<Double> losses) {
            double now = rate;
            double best = Double.POSITIVE_INFINITY;
            int bad = 0;
            for (double loss : losses) {
                if (loss < best * (1 - THRESHOLD)) {
                    best = loss;
                    bad = 0;
                } else {
                    bad++;
                }
                if (bad > patience) {
                    double lower = Math.max(now * gamma, min);
                    now = now - lower > LEAST_CHANGE ? lower : now;
                    bad = 0;
                }
            }
            return now;
        }
    }

    /**
     * Up by half a cosine to the base rate and down by another, step by step (OneCycleLR with its
     * cosine annealing; Smith and Topin 2017). It warms up by itself.
     *
     * @param rising share of the steps in which the rate rises, between 0 and 1
     * @param divisor the first rate is the base rate over this, 1 or more
     * @param min the last step's rate, 0 or more
     */
    record OneCycle(double rising, double divisor, double min) implements Schedule {
        public OneCycle {
            Require.above("the rising share of onecycle", rising, 0);
            Require.within("the rising share of onecycle", rising, 0, 1);
            Require.atLeast("the divisor of onecycle", divisor, 1);
            Require.atLeast("lr-min", min, 0);
        }

        /** PyTorch's defaults but for the end: a rise in 30 % of the steps from a 25th. */
        public OneCycle(double min) {
            this(0.3, 25, min);
        }

        @Override
        public boolean byIteration() {
            return true;
        }

        @Override
        public double rate(double lr, double time, double total, double stepShare) {
            double steps = Math.rint(total / stepShare);
            double step = Math.rint(time / stepShare);
            double top = rising * steps - 1;
            if (step <= top) {
                return top == 0 ? lr : between(lr / divisor, lr, step / top);
            }
            return between(lr, min, Math.min(1, (step - top) / (steps - 1 - top)));
        }

        private static double between(double from, double to, double share) {
            return to + (from - to) * (1 + Math.cos(Math.PI * share)) / 2;
        }
    }

    /**
     * A straight rise to the base rate, then another schedule in the epochs that remain (LinearLR
     * before it in a SequentialLR). By epoch, the whole first epoch runs at {@code startFactor}.
     *
     * @param epochs that the rise takes, above 0; whole ones if the pace is by epoch
     * @param startFactor share of the base rate to begin with; torchvision's is 0.01
     * @param then the schedule that follows, its time counted from there
     */
    record WarmUp(double epochs, double startFactor, Schedule then) implements Schedule {
        /** torchvision's {@code --lr-warmup-decay}. */
        public static final double START_FACTOR = 0.01;

        public WarmUp {
            Require.above("lr-warmup-epochs", epochs, 0);
            Require.within("the warm-up's start", startFactor, 0, 1);
            if (then instanceof OneCycle) {
                throw new BadInput(
                        "lr-warmup-epochs has no place before onecycle, which warms up by itself");
            }
        }

        @Override
        public double rate(double lr, double time, double total, double stepShare) {
            if (time < epochs) {
                return lr * (startFactor + (1 - startFactor) * time / epochs);
            }
            return then.rate(lr, time - epochs, total - epochs, stepShare);
        }

        @Override
        public Optional<Plateau> plateau() {
            return then.plateau();
        }
    }
}
