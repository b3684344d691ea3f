package org.cnnzoo.recipe;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cnnzoo.data.Dataset;
import org.cnnzoo.data.Datasets;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.network.BatchNorm;
import org.cnnzoo.network.Network;
import org.cnnzoo.network.NetworkBuilder;
import org.cnnzoo.network.Node;
import org.cnnzoo.network.Weight;
import org.cnnzoo.recipe.Source.Rank;
import org.cnnzoo.spec.Architecture;
import org.cnnzoo.spec.SetValue;
import org.cnnzoo.spec.Zoo;

/**
 * From recipes and flags to a {@link TrainingPlan}: resolves, opens the data, builds the network.
 */
final class PlanResolver {
    static final String SHAPE = "input.shape";

    private static final String CLASSES = "params.classes";
    private static final String DROPOUT = "params.dropout";

    /** Settings that say what a value of the architecture file says too. */
    private static final Map<Setting<?>, String> PATHS =
            Map.of(
                    Settings.INPUT_SIZE, SHAPE,
                    Settings.CLASSES, CLASSES,
                    Settings.DROPOUT, DROPOUT);

    private final Path home;
    private final Path directory;
    private final Recipe commandLine;
    private final Recipe below;
    private final Rank rank;
    private final Recipe before;
    private final Zoo zoo;
    private final Map<SetValue, Source> overrides;
    private final List<SetValue> sets;

    /**
     * @param directory what relative paths are relative to
     * @param below of {@code --recipe}
     * @param rank what {@code before} is
     */
    PlanResolver(
            Path home, Path directory, Recipe commandLine, Recipe below, Rank rank, Recipe before) {
        this.home = home;
        this.directory = directory;
        this.commandLine = commandLine;
        this.below = below;
        this.rank = rank;
        this.before = before;
        this.zoo = new Zoo(home.resolve("configs").resolve("models"));
        this.overrides = joined(below, rank, before, commandLine);
        this.sets = new ArrayList<>(overrides.keySet());
    }

    TrainingPlan plan() {
        refuseTheSameTwice();
        String model = model();
        Architecture written = zoo.load(model, sets);
        Configuration configuration = configuration(model, written);
        String named = configuration.get(Settings.DATA);
        boolean isKnown = Datasets.isKnown(named, home);
        Dataset data =
                Datasets.open(
                        isKnown ? named : directory.resolve(named).toString(),
                        home,
                        configuration.find(Settings.DATA_PATH).map(directory::resolve),
                        DataSettings.valSplit(configuration));
        String why = shaped(written, configuration, data);
        sets.addAll(classes(configuration, data));
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
                withWholePaths(configuration, isKnown),
                data,
                architecture,
                network(architecture, configuration),
                overrides,
                sets,
                zoo.find(model),
                why);
    }

    private String model() {
        return Stream.of(commandLine, before, below)
                .flatMap(layer -> layer.find(Settings.MODEL).stream())
                .map(given -> (String) given.value())
                .findFirst()
                .map(name -> Zoo.isFile(name) ? file(name) : name)
                .orElseThrow(
                        () ->
                                new BadInput(
                                        "--model is missing, such as --model lenet5; 'cnn"
                                                + " models' lists them"));
    }

    private void refuseTheSameTwice() {
        PATHS.forEach(
                (setting, path) -> {
                    if (commandLine.find(setting).isPresent()) {
                        SetValue.refuseBeside("--" + setting.key(), commandLine.overrides(), path);
                    }
                });
    }

    private Configuration configuration(String model, Architecture written) {
        Map<Rank, Recipe> layers = new EnumMap<>(Rank.class);
        boolean forModel = below.isFor(model) || below.isFor(written.name());
        Rank lowest = forModel ? Rank.MODEL_RECIPE : Rank.RECIPE;
        layers.put(lowest, below);
        written.recipe().ifPresent(own -> layers.put(Rank.MODEL, Recipe.ofModel(own)));
        layers.put(rank, before);
        layers.put(Rank.COMMAND_LINE, commandLine);
        Configuration configuration = Configuration.of(new TreeMap<>(layers));
        for (Map.Entry<Setting<?>, String> entry : PATHS.entrySet()) {
            Rank said = configuration.source(entry.getKey()).rank();
            if (rankOf(entry.getValue(), lowest).compareTo(said) > 0) {
                configuration = configuration.without(entry.getKey());
            }
        }
        return configuration;
    }

    /** Of the highest layer that sets a value of the architecture file. */
    private Rank rankOf(String path, Rank lowest) {
        if (SetValue.isSet(commandLine.overrides(), path)) {
            return Rank.COMMAND_LINE;
        } else if (SetValue.isSet(before.overrides(), path)) {
            return rank;
        }
        return SetValue.isSet(below.overrides(), path) ? lowest : Rank.DEFAULT;
    }

    /** Sets the input's shape, if nobody did; says where its size came from. */
    private String shaped(Architecture written, Configuration configuration, Dataset data) {
        if (SetValue.isSet(overrides.keySet(), SHAPE)
                && configuration.find(Settings.INPUT_SIZE).isEmpty()) {
            return "as set";
        }
        InputSize size =
                InputSize.choose(
                        configuration.find(Settings.INPUT_SIZE),
                        data.name(),
                        data.height(),
                        data.width(),
                        written.name(),
                        written.input().minimum());
        // A shape that was set says the channels still: grey images for a colour network
        long channels =
                SetValue.isSet(overrides.keySet(), SHAPE)
                        ? written.input().channels()
                        : data.channels();
        String shape = "[%d, %d, %d]".formatted(channels, size.height(), size.width());
        sets.add(SetValue.of(SHAPE, shape, "--input-size"));
        return size.why();
    }

    /** So that a run can go on, and be evaluated, from any folder. */
    private Configuration withWholePaths(Configuration configuration, boolean isKnown) {
        return configuration
                .with(Settings.MODEL, name -> Zoo.isFile(name) ? whole(file(name)) : name)
                .with(Settings.DATA, name -> isKnown ? name : whole(name))
                .with(Settings.DATA_PATH, this::whole)
                .with(Settings.WEIGHTS, this::whole)
                .with(Settings.CACHE_DIR, this::whole);
    }

    /**
     * An architecture's path; one that isn't there may be in the home, such as configs/networks.
     */
    private String file(String path) {
        Path own = directory.resolve(path);
        Path ours = home.resolve(path);
        return (Files.exists(own) || !Files.exists(ours) ? own : ours).toString();
    }

    private String whole(String path) {
        return directory.resolve(path).toAbsolutePath().normalize().toString();
    }

    /** The network as it is trained: what is frozen in it keeps its statistics. */
    static Network network(Architecture architecture, Configuration configuration) {
        Network network = NetworkBuilder.build(architecture);
        if (!configuration.get(Settings.FREEZE_BN)) {
            // What is frozen is fixed: trained behind a batch's statistics and evaluated behind
            // running ones that nobody moves, the layers above would see two different networks
            List<Pattern> frozen = LoopSettings.frozenPatterns(configuration);
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

    private List<SetValue> classes(Configuration configuration, Dataset data) {
        Optional<Long> given = configuration.find(Settings.CLASSES);
        if (given.isEmpty() && SetValue.isSet(overrides.keySet(), CLASSES)) {
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
    private static Map<SetValue, Source> joined(
            Recipe below, Rank rank, Recipe before, Recipe commandLine) {
        Map<String, Map.Entry<SetValue, Source>> byPath = new LinkedHashMap<>();
        BiConsumer<Rank, Recipe> layer =
                (of, recipe) ->
                        recipe.overrides()
                                .forEach(
                                        set ->
                                                byPath.put(
                                                        set.path(),
                                                        Map.entry(
                                                                set, Source.of(of, set.where()))));
        layer.accept(Rank.RECIPE, below);
        layer.accept(rank, before);
        layer.accept(Rank.COMMAND_LINE, commandLine);
        Map<SetValue, Source> joined = new LinkedHashMap<>();
        byPath.values().forEach(one -> joined.put(one.getKey(), one.getValue()));
        return joined;
    }
}
