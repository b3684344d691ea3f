package org.cnnzoo.recipe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.cnnzoo.data.ImageSet;
import org.cnnzoo.data.Split;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.network.Conv2d;
import org.cnnzoo.network.Dense;
import org.cnnzoo.network.Network;
import org.cnnzoo.network.Node;
import org.cnnzoo.network.Weight;
import org.cnnzoo.recipe.Source.Rank;
import org.cnnzoo.spec.Wildcard;
import org.cnnzoo.train.ClassWeights;

/** Flags that are right by themselves and would change nothing of this training. */
final class IdleFlags {
    private final Configuration configuration;
    private final Network network;

    private IdleFlags(TrainingPlan plan) {
        this.configuration = plan.configuration();
        this.network = plan.network();
    }

    /**
     * Refuses them.
     *
     * @throws BadInput naming the flag and why it has no effect
     */
    static void refuse(TrainingPlan plan) {
        IdleFlags flags = new IdleFlags(plan);
        flags.frozen();
        flags.norms();
        flags.patience();
        flags.schedule();
        flags.single();
    }

    private boolean isGiven(Setting<?> setting) {
        return configuration.source(setting).rank() == Rank.COMMAND_LINE;
    }

    private void frozen() {
        List<Pattern> frozen = LoopSettings.frozenPatterns(configuration);
        List<String> trained =
                network.weights().entrySet().stream()
                        .filter(weight -> weight.getValue().trainable())
                        .map(Map.Entry::getKey)
                        .filter(name -> frozen.stream().noneMatch(p -> p.matcher(name).matches()))
                        .toList();
        if (trained.isEmpty()) {
            throw new BadInput(
                    "--freeze %s leaves nothing to train%nsuch as 'features.*' leaves the head"
                            .formatted(configuration.get(Settings.FREEZE)));
        }
        for (String glob : LoopSettings.rates(configuration).keySet()) {
            Pattern pattern = Wildcard.pattern(glob);
            if (trained.stream().noneMatch(name -> pattern.matcher(name).matches())) {
                throw new BadInput(
                        "--lr-mult %s has no effect: all that it fits is frozen".formatted(glob));
            }
        }
    }

    private void norms() {
        boolean any = // as Parameter.Role has them: slopes and layer scales too
                network.nodes().stream()
                        .filter(node -> node.weights().stream().anyMatch(Weight::trainable))
                        .map(Node::operation)
                        .anyMatch(op -> !(op instanceof Conv2d) && !(op instanceof Dense));
        if (!any && isGiven(Settings.NORM_WEIGHT_DECAY)) {
            throw new BadInput(
                    "--norm-weight-decay has no effect: %s has no normalisation"
                            .formatted(network.name()));
        }
    }

    /** What mixes the images of a batch, or weighs them against one another. */
    private void single() {
        if (configuration.get(Settings.BATCH_SIZE) > 1) {
            return;
        }
        List<Setting<?>> idle =
                new ArrayList<>(List.of(Settings.MIXUP_ALPHA, Settings.CUTMIX_ALPHA));
        if (configuration.get(Settings.LABEL_SMOOTHING) == 0) {
            idle.add(Settings.CLASS_WEIGHTS); // with smoothing other classes have a share
        }
        for (Setting<?> setting : idle) {
            Object value = configuration.get(setting);
            if (isGiven(setting) && !value.equals(setting.byDefault())) {
                throw new BadInput(
                        "--%s has no effect on batches of one image".formatted(setting.key()));
            }
        }
    }

    /**
     * Refuses those of which only the data tell.
     *
     * @throws BadInput naming the flag and why it has no effect
     */
    static void refuseOnData(TrainingPlan plan) {
        IdleFlags flags = new IdleFlags(plan);
        ImageSet train = plan.data().split(Split.TRAIN);
        if (flags.isGiven(Settings.CLASS_WEIGHTS)
                && flags.configuration.get(Settings.CLASS_WEIGHTS) != ClassWeights.NONE
                && Arrays.stream(
                                flags.configuration
                                        .get(Settings.CLASS_WEIGHTS)
                                        .of(train, plan.network().classes()))
                        .allMatch(weight -> weight == 1)) {
            throw new BadInput(
                    "--class-weights has no effect: all classes of %s have as many images"
                            .formatted(plan.data().name()));
        }
    }

    private void patience() {
        long patience = configuration.get(Settings.PATIENCE);
        long epochs = configuration.get(Settings.EPOCHS);
        // The first epoch may be the best; after the last there is nothing to leave out
        if (isGiven(Settings.PATIENCE) && patience > 0 && patience >= epochs - 1) {
            throw new BadInput(
                    "--patience %d has no effect in %d epochs; fewer would be right"
                            .formatted(patience, epochs));
        }
    }

    /** A rate that drops after the last epoch. */
    private void schedule() {
        double epochs =
                configuration.get(Settings.EPOCHS) - configuration.get(Settings.LR_WARMUP_EPOCHS);
        if (isGiven(Settings.LR_SCHEDULER)
                && isGiven(Settings.LR_WARMUP_EPOCHS)
                && epochs == 0
                && !configuration.get(Settings.LR_SCHEDULER).equals("onecycle")) {
            throw new BadInput(
                    "--lr-scheduler has no effect: all %d epochs are warm-up"
                            .formatted(configuration.get(Settings.EPOCHS)));
        }
        boolean plateau = configuration.get(Settings.LR_SCHEDULER).equals("plateau");
        long patience = configuration.get(Settings.LR_PATIENCE);
        // Epochs that end behind warm-up are looked at, see Course
        double behind =
                configuration.get(Settings.EPOCHS)
                        - Math.floor(configuration.get(Settings.LR_WARMUP_EPOCHS));
        // A best epoch, one too many without a better, and one to train at the lower rate
        if (plateau
                && (isGiven(Settings.LR_SCHEDULER) || isGiven(Settings.LR_PATIENCE))
                && behind < patience + 3) {
            throw new BadInput(
                    "--lr-scheduler plateau has no effect: the rate drops after %d epochs without a better one, and there are %s behind warm-up%n%s"
                            .formatted(
                                    patience + 1,
                                    Range.plain(behind),
                                    "a smaller --lr-patience would be right"));
        }
        boolean given =
                isGiven(Settings.LR_SCHEDULER)
                        || isGiven(Settings.LR_MILESTONES)
                        || isGiven(Settings.LR_STEP_SIZE);
        long first =
                switch (configuration.get(Settings.LR_SCHEDULER)) {
                    case "step" -> configuration.get(Settings.LR_STEP_SIZE);
                    case "multistep" -> configuration.get(Settings.LR_MILESTONES).get(0);
                    default -> 0;
                };
        if (given && first >= epochs) {
            throw new BadInput(
                    "the rate would drop first %d epochs behind warm-up, and there are %s%n%s"
                            .formatted(
                                    first,
                                    Range.plain(epochs),
                                    "a smaller --lr-step-size or --lr-milestones would be right"));
        }
    }
}
