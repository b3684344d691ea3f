package org.cnnzoo.recipe;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.cnnzoo.build.Backend;
import org.cnnzoo.data.Augmentation;
import org.cnnzoo.data.CacheChoice;
import org.cnnzoo.data.Dataset;
import org.cnnzoo.data.Preprocessing;
import org.cnnzoo.data.ResizeMode;
import org.cnnzoo.data.Split;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.network.BatchNorm;
import org.cnnzoo.network.Network;
import org.cnnzoo.network.Node;
import org.cnnzoo.network.Shape;
import org.cnnzoo.recipe.Source.Rank;
import org.cnnzoo.spec.Architecture;
import org.cnnzoo.spec.ArchitectureReader;
import org.cnnzoo.spec.SetValue;
import org.cnnzoo.train.ParameterGlob;
import org.cnnzoo.train.TrainSettings;

/**
 * A configuration with the data and the network it is for.
 *
 * @param configuration every setting
 * @param architecture as the network was built from it, with the data's input and classes
 * @param overrides what somebody set in the architecture file, and who
 * @param built {@link #overrides} and what the data and flags asked for: input, classes, dropout
 * @param file the architecture file
 * @param why where the input's size came from, for the log
 */
public record TrainingPlan(
        Configuration configuration,
        Dataset data,
        Architecture architecture,
        Network network,
        Map<SetValue, Source> overrides,
        List<SetValue> built,
        Path file,
        String why) {
    public TrainingPlan {
        overrides = Collections.unmodifiableMap(new LinkedHashMap<>(overrides));
        built = List.copyOf(built);
    }

    /**
     * Resolves the settings, opens the data and builds the network.
     *
     * @param home where {@code configs} and {@code datasets} are
     * @param commandLine flags and {@code --set}
     * @param recipe of {@code --recipe}
     * @param resumed the configuration of a run that goes on
     * @throws BadInput if something can't be right
     */
    public static TrainingPlan of(
            Path home, Recipe commandLine, Optional<Recipe> recipe, Optional<Recipe> resumed) {
        Recipe before = resumed.orElse(Recipe.EMPTY);
        return of(home, Path.of(""), commandLine, recipe, Rank.RESUMED, before);
    }

    /**
     * The same, with what stands between the model's own recipe and the command line.
     *
     * @param directory what relative paths are relative to; an empty path for the working directory
     * @param rank what {@code before} is, {@code RESUMED} or {@code SWEEP}
     */
    public static TrainingPlan of(
            Path home,
            Path directory,
            Recipe commandLine,
            Optional<Recipe> recipe,
            Rank rank,
            Recipe before) {
        Recipe below = recipe.orElse(Recipe.EMPTY);
        return new PlanResolver(home, directory, commandLine, below, rank, before).plan();
    }

    /** The same network for square images of another size, in pixels a side. */
    Network network(int side) {
        String shape = "[%d, %d, %d]".formatted(network.input().channels(), side, side);
        return network(List.of(SetValue.of(PlanResolver.SHAPE, shape, "--progressive-resizing")));
    }

    /** What was set in the architecture's file, by path. */
    public SortedMap<String, String> builtByPath() {
        return SetValue.byPath(built);
    }

    /** The network with further values in its file. */
    public Network network(List<SetValue> more) {
        List<SetValue> sets = new ArrayList<>(built);
        sets.addAll(more);
        return PlanResolver.network(
                ArchitectureReader.read(file, file.toString(), sets), configuration);
    }

    /**
     * The epochs whose training images have another size than the input.
     *
     * @throws BadInput if the model can't do with another size
     */
    public List<ResizePhase> phases() {
        return ResizePhase.of(this);
    }

    /** {@code input 1x32x32: fashion-mnist's 28 px raised to vgg11_bn's minimum of 32 px}. */
    public String input() {
        return "input %dx%dx%d: %s"
                .formatted(
                        network.input().channels(),
                        network.input().height(),
                        network.input().width(),
                        why);
    }

    /** The same with the data as somebody else has opened them, for trials that share them. */
    public TrainingPlan with(Dataset opened) {
        return new TrainingPlan(
                configuration, opened, architecture, network, overrides, built, file, why);
    }

    /**
     * Looks at everything that can be wrong before the first step.
     *
     * @throws BadInput if something is
     */
    public void check() {
        settings();
        augmentation();
        resizeMode();
        cache();
        phases();
        backend();
        requireBatches(configuration.get(Settings.BATCH_SIZE));
    }

    /**
     * Refuses single images where batch normalisation would have one number for each channel: it
     * makes it 0, whatever the image is (PyTorch: "Expected more than 1 value per channel").
     *
     * @param images that are normalised together
     * @throws BadInput naming the layer
     */
    public void requireBatches(long images) {
        if (images > 1) {
            return;
        }
        List<Network> all = new ArrayList<>(List.of(network));
        phases().forEach(phase -> all.add(phase.network()));
        for (Network one : all) {
            for (Node node : one.nodes()) {
                Shape in = node.inputShapes().get(0);
                if (node.operation() instanceof BatchNorm norm
                        && !norm.frozen()
                        && (in.flat() || in.height() * in.width() == 1)) {
                    throw new BadInput(
                            "%s normalises one number of each channel where images are taken one at a time: it would be 0%n%s"
                                    .formatted(
                                            node.name(),
                                            "a larger --batch-size, a larger --input-size or"
                                                    + " --freeze-bn would be right"));
                }
            }
        }
    }

    /**
     * Looks into the data, which takes a moment.
     *
     * @throws BadInput if there is no image to validate on, or a flag has no effect on these
     */
    public void requireImages() {
        if (data.split(Split.VAL).size() == 0) {
            throw new BadInput(
                    "%s has no image to validate on%n%s"
                            .formatted(
                                    data.name(),
                                    "a folder 'val', or classes of two and more images in 'train',"
                                            + " would be right"));
        }
        IdleFlags.refuseOnData(this);
    }

    /** From the data's images to what the network takes; measures the data. */
    public Preprocessing preprocessing() {
        Shape input = network.input();
        return Preprocessing.of(
                data, input.channels(), input.height(), input.width(), resizeMode());
    }

    /**
     * How images are brought to the input.
     *
     * @throws BadInput if somebody asked for a way that makes no difference
     */
    public ResizeMode resizeMode() {
        Shape input = network.input();
        if (configuration.source(Settings.RESIZE_MODE).rank() == Rank.COMMAND_LINE) {
            ResizeMode.refuseWithoutEffect(data, input.height(), input.width());
        }
        return configuration.get(Settings.RESIZE_MODE);
    }

    /**
     * Where decoded images are kept between epochs.
     *
     * @throws BadInput if they'd take more than the heap has
     */
    public CacheChoice cache() {
        return CacheSettings.of(configuration);
    }

    /**
     * The changes that training images go through.
     *
     * @throws BadInput if one of them would have no effect
     */
    public Augmentation augmentation() {
        return augmentation(network.input());
    }

    /** The same for images of another size than the input. */
    public Augmentation augmentation(Shape size) {
        int colours = Math.min(size.channels(), data.channels());
        return AugmentationSettings.of(configuration, colours, size.height(), size.width());
    }

    /**
     * What does the arithmetic.
     *
     * @throws BadInput if it can't be had on this machine, or not for the network
     */
    public Backend backend() {
        Backend backend =
                new Backend(
                        configuration.get(Settings.ENGINE), configuration.get(Settings.PRECISION));
        backend.check(network);
        return backend;
    }

    /**
     * What the training loop is told.
     *
     * @throws BadInput if a pattern of parameters fits none of the network's
     */
    public TrainSettings settings() {
        TrainSettings settings = LoopSettings.of(configuration);
        Set<String> names = network.weights().keySet();
        settings.freeze().forEach(glob -> ParameterGlob.of("--freeze", glob, names));
        settings.rates().keySet().forEach(glob -> ParameterGlob.of("--lr-mult", glob, names));
        IdleFlags.refuse(this);
        return settings;
    }

    /**
     * The text of a run's {@code config.yaml}.
     *
     * @param before what it said, of a run that goes on; empty if there was none
     */
    public String configFile(String before) {
        return ConfigurationFile.text(
                configuration, overrides, List.of(network.summary(), input()), before);
    }
}
