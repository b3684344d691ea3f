package org.cnnzoo.recipe;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cnnzoo.build.Backend;
import org.cnnzoo.data.Augmentation;
import org.cnnzoo.data.CacheChoice;
import org.cnnzoo.data.Dataset;
import org.cnnzoo.data.Datasets;
import org.cnnzoo.data.Preprocessing;
import org.cnnzoo.data.ResizeMode;
import org.cnnzoo.data.Split;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.network.BatchNorm;
import org.cnnzoo.network.Network;
import org.cnnzoo.network.NetworkBuilder;
import org.cnnzoo.network.Node;
import org.cnnzoo.network.Shape;
import org.cnnzoo.network.Weight;
import org.cnnzoo.recipe.Source.Rank;
import org.cnnzoo.spec.Architecture;
import org.cnnzoo.spec.ArchitectureReader;
import org.cnnzoo.spec.SetValue;
import org.cnnzoo.spec.Wildcard;
import org.cnnzoo.spec.Zoo;
import org.cnnzoo.train.ParameterGlob;
import org.cnnzoo.train.TrainSettings;

/**
 * A configuration with the data and the network it is for.
 *
 * @param configuration every setting
 * @param architecture as the network was built from it, with the data's input and classes
 * @param overrides {@code path=value} that somebody set in the architecture file
 * @param built {@link #overrides} and what the data and flags asked for: input, classes, dropout
 * @param file the architecture file
 * @param why where the input's size came from, for the log
 */
public record TrainingPlan(
        Configuration configuration,
        Dataset data,
        Architecture architecture,
        Network network,
        List<String> overrides,
        List<SetValue> built,
        Path file,
        String why) {
    private static final String SHAPE = "input.shape";
    private static final String CLASSES = "params.classes";
    private static final String DROPOUT = "params.dropout";

    public TrainingPlan {
        overrides = List.copyOf(overrides);
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
        return of(home, commandLine, recipe, Rank.RESUMED, resumed.orElse(Recipe.EMPTY));
    }

    /**
     * The same, with what stands between the model's own recipe and the command line.
     *
     * @param rank what {@code before} is, {@code RESUMED} or {@code SWEEP}
     */
    public static TrainingPlan of(
            Path home, Recipe commandLine, Optional<Recipe> recipe, Rank rank, Recipe before) {
        Recipe below = recipe.orElse(Recipe.EMPTY);
        String model =
                Stream.of(commandLine, before, below)
                        .flatMap(layer -> layer.find(Settings.MODEL).stream())
                        .map(given -> (String) given.value())
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new BadInput(
                                                "--model is missing, such as --model lenet5; 'cnn"
                                                        + " models' lists them"));
        if (isSet(commandLine.overrides(), SHAPE)
                && commandLine.find(Settings.INPUT_SIZE).isPresent()) {
            throw new BadInput(
                    "--input-size and --set %s both say the input's size; one of them would be right"
                            .formatted(SHAPE));
        }
        List<String> overrides = joined(below, before, commandLine);
        List<SetValue> sets = new ArrayList<>(overrides.stream().map(SetValue::parse).toList());
        Zoo zoo = new Zoo(home.resolve("configs").resolve("models"));
        Architecture written = zoo.load(model, sets);

        Map<Rank, Recipe> layers = new EnumMap<>(Rank.class);
        boolean forModel = below.isFor(model) || below.isFor(written.name());
        layers.put(forModel ? Rank.MODEL_RECIPE : Rank.RECIPE, below);
        written.recipe().ifPresent(own -> layers.put(Rank.MODEL, Recipe.ofModel(own)));
        layers.put(rank, before);
        layers.put(Rank.COMMAND_LINE, commandLine);
        Configuration configuration = Configuration.of(new TreeMap<>(layers));

        Dataset data =
                Datasets.open(
                        configuration.get(Settings.DATA),
                        home,
                        configuration.find(Settings.DATA_PATH).map(Path::of));
        String why = "as set";
        if (!isSet(overrides, SHAPE) || configuration.find(Settings.INPUT_SIZE).isPresent()) {
            InputSize size =
                    InputSize.choose(
                            configuration.find(Settings.INPUT_SIZE),
                            data.name(),
                            data.height(),
                            data.width(),
                            written.name(),
                            written.input().minimum());
            // A shape that was set says the channels still: grey images for a colour network
            long channels = isSet(overrides, SHAPE) ? written.input().channels() : data.channels();
            String shape = "[%d, %d, %d]".formatted(channels, size.height(), size.width());
            sets.add(SetValue.of(SHAPE, shape, "--input-size"));
            why = size.why();
        }
        sets.addAll(classes(configuration, overrides, data));
        configuration
                .find(Settings.DROPOUT)
                .ifPresent(p -> sets.add(dropout(written, Range.plain(p))));
        Architecture architecture = zoo.load(model, sets);
        if (architecture.classes() < data.classes().size()) {
            throw new BadInput(
                    "%d outputs are too few for the %d classes of %s"
                            .formatted(architecture.classes(), data.classes().size(), data.name()));
        }
        return new TrainingPlan(
                withWholePaths(configuration, home),
                data,
                architecture,
                network(architecture, configuration),
                overrides,
                sets,
                zoo.find(model),
                why);
    }

    /** So that a run can go on, and be evaluated, from any folder. */
    private static Configuration withWholePaths(Configuration configuration, Path home) {
        return configuration
                .with(Settings.MODEL, name -> isFile(name) ? whole(name) : name)
                .with(Settings.DATA, name -> Datasets.isKnown(name, home) ? name : whole(name))
                .with(Settings.DATA_PATH, TrainingPlan::whole)
                .with(Settings.WEIGHTS, TrainingPlan::whole);
    }

    private static boolean isFile(String model) {
        return model.endsWith(".yaml") || model.endsWith(".yml");
    }

    private static String whole(String path) {
        return Path.of(path).toAbsolutePath().normalize().toString();
    }

    private static Network network(Architecture architecture, Configuration configuration) {
        Network network = NetworkBuilder.build(architecture);
        if (!configuration.get(Settings.FREEZE_BN)) {
            // What is frozen is fixed: trained behind a batch's statistics and evaluated behind
            // running ones that nobody moves, the layers above would see two different networks
            List<Pattern> frozen =
                    LoopSettings.frozen(configuration).stream().map(Wildcard::pattern).toList();
            return network.withFrozenNorms(
                    node -> node.weights().stream().allMatch(w -> fits(frozen, node, w)));
        }
        if (network.nodes().stream().noneMatch(node -> node.operation() instanceof BatchNorm)) {
            throw new BadInput(
                    "--freeze-bn has no effect: %s has no batch normalisation"
                            .formatted(architecture.name()));
        }
        return network.withFrozenNorms(node -> true);
    }

    private static boolean fits(List<Pattern> patterns, Node node, Weight weight) {
        String name = node.name() + "." + weight.name();
        return patterns.stream().anyMatch(pattern -> pattern.matcher(name).matches());
    }

    /** The same network for square images of another size, in pixels a side. */
    Network network(int side) {
        List<SetValue> sets = new ArrayList<>(built);
        String shape = "[%d, %d, %d]".formatted(network.input().channels(), side, side);
        sets.add(SetValue.of(SHAPE, shape, "--progressive-resizing"));
        return network(ArchitectureReader.read(file, file.toString(), sets), configuration);
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
    }

    /**
     * Looks into the data, which takes a moment.
     *
     * @throws BadInput if there is no image to validate on
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
        return AugmentationSettings.of(configuration, size.channels(), size.height(), size.width());
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
        List<String> names =
                network.nodes().stream()
                        .flatMap(
                                node ->
                                        node.weights().stream()
                                                .map(w -> node.name() + "." + w.name()))
                        .toList();
        settings.freeze().forEach(glob -> ParameterGlob.of("--freeze", glob, names));
        settings.rates().keySet().forEach(glob -> ParameterGlob.of("--lr-mult", glob, names));
        IdleFlags.refuse(this);
        return settings;
    }

    private static List<SetValue> classes(
            Configuration configuration, List<String> overrides, Dataset data) {
        Optional<Long> given = configuration.find(Settings.CLASSES);
        if (given.isEmpty() && isSet(overrides, CLASSES)) {
            return List.of();
        }
        long classes = given.orElse((long) data.classes().size());
        return List.of(SetValue.of(CLASSES, Long.toString(classes), "--classes"));
    }

    private static SetValue dropout(Architecture architecture, String probability) {
        if (!architecture.parameters().containsKey("dropout")) {
            throw new BadInput(
                    "--dropout has no effect: %s has no parameter 'dropout' (it has %s)"
                            .formatted(
                                    architecture.name(),
                                    String.join(", ", architecture.parameters().keySet())));
        }
        return SetValue.of(DROPOUT, probability, "--dropout");
    }

    /** All overrides, lowest layer first; of several for one path the last one stays. */
    private static List<String> joined(Recipe... layers) {
        Map<String, String> byPath = new LinkedHashMap<>();
        for (Recipe layer : layers) {
            layer.overrides().forEach(set -> byPath.put(path(set), set));
        }
        return List.copyOf(byPath.values());
    }

    private static boolean isSet(List<String> overrides, String path) {
        return overrides.stream().anyMatch(set -> path(set).equals(path));
    }

    private static String path(String set) {
        int equals = set.indexOf('=');
        return equals < 0 ? set : set.substring(0, equals).strip();
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
