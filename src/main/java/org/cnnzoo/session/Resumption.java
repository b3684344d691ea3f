package org.cnnzoo.session;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.cnnzoo.data.Preprocessing;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.eval.TrainedModel;
import org.cnnzoo.network.NetworkDifference;
import org.cnnzoo.network.Shape;
import org.cnnzoo.network.Weight;
import org.cnnzoo.recipe.Configuration;
import org.cnnzoo.recipe.Home;
import org.cnnzoo.recipe.Recipe;
import org.cnnzoo.recipe.Setting;
import org.cnnzoo.recipe.Settings;
import org.cnnzoo.recipe.Source;
import org.cnnzoo.recipe.TrainingPlan;
import org.cnnzoo.run.Checkpoint;
import org.cnnzoo.run.CheckpointFile;
import org.cnnzoo.run.Provenance;
import org.cnnzoo.run.RunFiles;
import org.cnnzoo.run.RunFolder;
import org.cnnzoo.spec.ArchitectureText;
import org.cnnzoo.spec.YamlReader;

/**
 * What flags beside {@code --resume} may change of a run, and what becomes of its configuration.
 */
public final class Resumption {
    /** Those that shape the network. */
    private static final List<Setting<?>> OF_NETWORK =
            List.of(Settings.INPUT_SIZE, Settings.CLASSES, Settings.DROPOUT, Settings.DATA);

    /** Those that figures of different epochs must share, or the best of them is none. */
    private static final List<Setting<?>> OF_FIGURES =
            List.of(Settings.RESIZE_MODE, Settings.LIMIT_VAL_BATCHES);

    private Resumption() {}

    /**
     * Refuses flags that the run's checkpoint, if it has one, doesn't go with; the training itself
     * refuses those of batches and of the optimiser.
     *
     * @throws BadInput naming the flag and what would be right
     */
    public static void check(TrainingPlan plan, RunFiles run) {
        if (!Files.exists(run.last())) {
            return;
        }
        Checkpoint.Header last = CheckpointFile.readHeader(run.last());
        long parameters =
                plan.network().weights().values().stream().mapToLong(Weight::elements).sum();
        String flags =
                OF_NETWORK.stream()
                        .filter(setting -> isGiven(plan, setting))
                        .map(setting -> "--" + setting.key())
                        .collect(Collectors.joining(", "));
        if (parameters != last.parameters() && !flags.isEmpty()) {
            throw new BadInput(
                    "%s: the network would have %,d parameters and statistics; %s has %,d%nthe run goes on without"
                            .formatted(flags, parameters, run.last(), last.parameters()));
        }
        requireSameNetwork(plan, run.folder(), last.provenance());
        if (last.progress().nextSample() > 0) { // some images would come twice
            refuseChange(
                    plan,
                    run,
                    List.of(Settings.SEED, Settings.SAMPLER),
                    "%s stopped in the middle of an epoch, whose order is of %s%n"
                            + "it can change between epochs alone");
        }
        if (last.progress().bestEpoch() > 0) {
            refuseAnotherSize(plan, run, last.provenance().preprocessing());
            refuseChange(
                    plan,
                    run,
                    OF_FIGURES,
                    "%s has been validated with %s: the best epoch could not be told%n"
                            + "a run of its own, with --weights %s, would be right");
        }
        if (plan.configuration().get(Settings.MOMENTUM) > 0) {
            refuseChange(
                    plan,
                    run,
                    List.of(Settings.RMSPROP_FORM),
                    "%s has momentum by %s, which means another thing there%n"
                            + "a run of its own, with --weights %s, would be right");
        }
        int done = last.progress().epoch();
        long patience = plan.configuration().get(Settings.PATIENCE);
        if (isGiven(plan, Settings.EPOCHS)
                && patience > 0
                && done - last.progress().bestEpoch() >= patience) {
            throw new BadInput(
                    "--epochs has no effect: %s stopped after %d epochs without a better one%n%s"
                            .formatted(
                                    run.folder(),
                                    done - last.progress().bestEpoch(),
                                    "a larger --patience beside it, or --patience 0, would be"
                                            + " right"));
        }
        if (isGiven(plan, Settings.EPOCHS) && plan.configuration().get(Settings.EPOCHS) < done) {
            throw new BadInput(
                    "--epochs %d: %s has %d epochs already; as many or more would be right"
                            .formatted(
                                    plan.configuration().get(Settings.EPOCHS), run.folder(), done));
        }
    }

    /**
     * Refuses an architecture file that has become another network since a run was begun, with as
     * many parameters perhaps; what is set in it now is another matter.
     *
     * @param run its folder, for the message
     * @param before where its checkpoint's network comes from
     * @throws BadInput naming the first layer that differs
     */
    public static void requireSameNetwork(TrainingPlan plan, Path run, Provenance before) {
        ArchitectureText text = ArchitectureText.of(plan.file());
        if (before.text().lacksBase() || before.text().equals(text)) {
            return;
        }
        NetworkDifference.between(
                        TrainedModel.network(before, Home.zoo()),
                        TrainedModel.network(before.with(text), Home.zoo()))
                .ifPresent(
                        what -> {
                            throw new BadInput(
                                    "%s is not the network that %s was trained as: %s%n%s"
                                            .formatted(
                                                    plan.file(),
                                                    run,
                                                    what,
                                                    "the file as it was would be right"));
                        });
    }

    private static void refuseAnotherSize(TrainingPlan plan, RunFiles run, Preprocessing before) {
        Shape input = plan.network().input();
        if (input.height() != before.height() || input.width() != before.width()) {
            throw new BadInput(
                    "--input-size %dx%d: %s has been validated with %dx%d: the best epoch could not be told%n%s"
                            .formatted(
                                    input.height(),
                                    input.width(),
                                    run.folder(),
                                    before.height(),
                                    before.width(),
                                    "a run of its own, with --weights %s, would be right"
                                            .formatted(run.folder())));
        }
    }

    /**
     * Refuses a given value that isn't the run's.
     *
     * @param why with places for the run, its own value and the run
     */
    private static void refuseChange(
            TrainingPlan plan, RunFiles run, List<Setting<?>> settings, String why) {
        List<? extends Setting<?>> changed =
                settings.stream().filter(one -> isGiven(plan, one)).toList();
        if (changed.isEmpty()) {
            return;
        }
        Recipe before = Recipe.ofFile(YamlReader.read(run.config()));
        for (Setting<?> setting : changed) {
            String given = text(plan.configuration().get(setting));
            String then = before.find(setting).map(g -> text(g.value())).orElse(given);
            if (!given.equals(then)) {
                throw new BadInput(
                        "--%s %s: ".formatted(setting.key(), given)
                                + why.formatted(run.folder(), then, run.folder()));
            }
        }
    }

    private static String text(Object value) {
        return Setting.plain(value).toString();
    }

    /** Writes the configuration anew if flags changed it; what they left keeps its source. */
    public static void writeConfig(TrainingPlan plan, RunFolder run) {
        boolean changed =
                plan.configuration().values().keySet().stream()
                        .anyMatch(setting -> isGiven(plan, setting));
        if (changed) {
            run.writeConfig(plan.configFile(text(run)));
        }
    }

    private static boolean isGiven(TrainingPlan plan, Setting<?> setting) {
        Configuration.Resolved value = plan.configuration().values().get(setting);
        return value != null && value.source().rank() == Source.Rank.COMMAND_LINE;
    }

    private static String text(RunFolder run) {
        try {
            return Files.readString(run.files().config());
        } catch (IOException e) {
            throw new UncheckedIOException(e); // it was read a moment ago
        }
    }
}
