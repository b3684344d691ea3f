package org.cnnzoo.recipe;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.network.Conv2d;
import org.cnnzoo.network.Dense;
import org.cnnzoo.network.Network;
import org.cnnzoo.network.Node;
import org.cnnzoo.network.Weight;
import org.cnnzoo.recipe.Source.Rank;
import org.cnnzoo.spec.Wildcard;

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
