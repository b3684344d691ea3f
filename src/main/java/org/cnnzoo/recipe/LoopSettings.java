package org.cnnzoo.recipe;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.spec.Wildcard;
import org.cnnzoo.train.ClassWeights;
import org.cnnzoo.train.Moment;
import org.cnnzoo.train.Optimizer;
import org.cnnzoo.train.Schedule;
import org.cnnzoo.train.TrainSettings;
import org.cnnzoo.train.WeightDecay;

/** A configuration in the training loop's terms. */
final class LoopSettings {
    private LoopSettings() {}

    /**
     * @throws BadInput if settings contradict each other
     */
    static TrainSettings of(Configuration from) {
        boolean balanced = from.get(Settings.SAMPLER).equals("balanced");
        if (balanced && from.get(Settings.CLASS_WEIGHTS) == ClassWeights.BALANCED) {
            throw new BadInput(
                    "--sampler balanced and --class-weights balanced would make up for rare classes twice%n%s"
                            .formatted("one of them is enough"));
        }
        TrainSettings.Builder settings =
                TrainSettings.builder(
                                from.count(Settings.EPOCHS),
                                from.count(Settings.BATCH_SIZE),
                                from.get(Settings.LR))
                        .optimizer(optimizer(from))
                        .weightDecay(weightDecay(from))
                        .schedule(schedule(from))
                        .pace(pace(from))
                        .labelSmoothing(from.get(Settings.LABEL_SMOOTHING))
                        .classWeights(from.get(Settings.CLASS_WEIGHTS))
                        .freeze(frozen(from))
                        .rates(rates(from))
                        .gradAccumSteps(from.count(Settings.GRAD_ACCUM_STEPS))
                        .balanced(balanced)
                        .seed(from.get(Settings.SEED))
                        .workers(from.count(Settings.WORKERS))
                        .patience(from.count(Settings.PATIENCE))
                        .limitTrainBatches(from.count(Settings.LIMIT_TRAIN_BATCHES))
                        .limitValBatches(from.count(Settings.LIMIT_VAL_BATCHES))
                        .saveEvery(from.count(Settings.SAVE_EVERY));
        if (from.get(Settings.CLIP_GRAD_NORM) > 0) {
            settings.clipGradNorm(from.get(Settings.CLIP_GRAD_NORM));
        }
        if (from.get(Settings.MODEL_EMA)) {
            settings.emaDecay(from.get(Settings.MODEL_EMA_DECAY));
        }
        return settings.build();
    }

    private static Optimizer optimizer(Configuration from) {
        double momentum = from.get(Settings.MOMENTUM);
        double eps = from.get(Settings.OPT_EPS);
        return switch (from.get(Settings.OPT)) {
            case "sgd" -> new Optimizer.Sgd(momentum, from.get(Settings.NESTEROV));
            case "adam" -> new Optimizer.Adam(0.9, 0.999, eps);
            case "adamw" -> new Optimizer.AdamW(0.9, 0.999, eps);
            case "rmsprop" ->
                    new Optimizer.RmsProp(
                            from.get(Settings.RMSPROP_ALPHA),
                            momentum,
                            eps,
                            from.get(Settings.RMSPROP_FORM));
            default -> throw new IllegalStateException(from.get(Settings.OPT));
        };
    }

    private static WeightDecay weightDecay(Configuration from) {
        WeightDecay same = WeightDecay.ofAll(from.get(Settings.WEIGHT_DECAY));
        WeightDecay norms = from.find(Settings.NORM_WEIGHT_DECAY).map(same::withNorms).orElse(same);
        return from.find(Settings.BIAS_WEIGHT_DECAY).map(norms::withBiases).orElse(norms);
    }

    /** Patterns of parameters that are not trained. */
    static List<String> frozen(Configuration from) {
        return items(from, Settings.FREEZE);
    }

    /** The same, compiled. */
    static List<Pattern> frozenPatterns(Configuration from) {
        return frozen(from).stream().map(Wildcard::pattern).toList();
    }

    private static List<String> items(Configuration from, Setting<String> setting) {
        return from.find(setting).stream()
                .flatMap(text -> Stream.of(text.split(",", -1)))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    static Map<String, Double> rates(Configuration from) {
        Map<String, Double> rates = new LinkedHashMap<>();
        for (String item : items(from, Settings.LR_MULT)) {
            int equals = item.lastIndexOf('=');
            double factor = equals < 1 ? Double.NaN : number(item.substring(equals + 1));
            if (!(factor >= 0 && Double.isFinite(factor))) {
                throw new BadInput(
                        "--lr-mult: PATTERN=X was expected, such as features.*=0.1, not '%s'"
                                .formatted(item));
            }
            rates.put(item.substring(0, equals), factor);
        }
        return rates;
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static Schedule schedule(Configuration from) {
        double min = from.get(Settings.LR_MIN);
        double gamma = from.get(Settings.LR_GAMMA);
        String name = from.get(Settings.LR_SCHEDULER);
        if (name.equals("onecycle")) {
            return new Schedule.OneCycle(min);
        }
        Schedule schedule =
                switch (name) {
                    case "constant" -> new Schedule.Constant();
                    case "step" -> new Schedule.Step(from.count(Settings.LR_STEP_SIZE), gamma);
                    case "multistep" -> new Schedule.MultiStep(milestones(from), gamma);
                    case "exponential" -> new Schedule.Exponential(gamma);
                    case "cosine" -> new Schedule.Cosine(min);
                    case "plateau" ->
                            new Schedule.Plateau(gamma, from.count(Settings.LR_PATIENCE), min);
                    case "poly" -> new Schedule.Poly(from.get(Settings.LR_POWER), min);
                    default -> throw new IllegalStateException(name);
                };
        double warmUp = from.get(Settings.LR_WARMUP_EPOCHS);
        return warmUp > 0
                ? new Schedule.WarmUp(warmUp, Schedule.WarmUp.START_FACTOR, schedule)
                : schedule;
    }

    private static List<Integer> milestones(Configuration from) {
        return from.get(Settings.LR_MILESTONES).stream().map(Math::toIntExact).toList();
    }

    /** Of onecycle, step by step; of the others as chosen. */
    private static Moment.Pace pace(Configuration from) {
        return from.idle(Settings.LR_PACE).isEmpty()
                ? from.get(Settings.LR_PACE)
                : Moment.Pace.ITERATION;
    }
}
