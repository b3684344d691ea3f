package org.cnnzoo.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.cnnzoo.data.Augmentation;
import org.cnnzoo.data.ContactSheet;
import org.cnnzoo.data.Dataset;
import org.cnnzoo.data.Datasets;
import org.cnnzoo.data.PreparedImages;
import org.cnnzoo.data.Preprocessing;
import org.cnnzoo.data.ResizeMode;
import org.cnnzoo.data.Split;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.errors.Labelled;
import org.cnnzoo.recipe.AugmentationSettings;
import org.cnnzoo.recipe.Configuration;
import org.cnnzoo.recipe.Given;
import org.cnnzoo.recipe.Home;
import org.cnnzoo.recipe.Recipe;
import org.cnnzoo.recipe.Setting;
import org.cnnzoo.recipe.Settings;
import org.cnnzoo.recipe.Source;
import org.cnnzoo.recipe.TrainingPlan;
import org.cnnzoo.report.Png;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cnn data show}: a contact sheet of what the network will see. */
@Command(
        name = "show",
        description = {
            "A contact sheet (PNG) of images, as a network will see them.",
            "Augmentation included; prints its path. With --model, --recipe or --set as in such a",
            "training; else only the changes that flags ask for, and no flips."
        },
        footer = {
            "",
            "Examples:",
            "  cnn data show --data fashion-mnist --hflip-prob 0.5 --crop-padding 4 --output"
                    + " sheet.png",
            "  cnn data show --model vgg11_bn --data photos/ --recipe papers/vgg"
        })
final class DataShowCommand implements Callable<Integer> {
    /** What else than augmentation changes the images. */
    private static final Set<Setting<?>> SEEN =
            Set.of(
                    Settings.MODEL,
                    Settings.DATA,
                    Settings.DATA_PATH,
                    Settings.VAL_SPLIT,
                    Settings.VAL_SEED,
                    Settings.INPUT_SIZE,
                    Settings.RESIZE_MODE,
                    Settings.CLASSES);

    private static final int MOST_IMAGES = 1000;
    private static final List<Setting.Group> GROUPS = List.of(Setting.Group.AUGMENTATION);

    @Option(
            names = "--data",
            paramLabel = "DATA",
            description = "A known data set, a folder or a CSV file (default: fashion-mnist).")
    private @Nullable String data;

    @Option(
            names = {"--data-path", "--data-dir"},
            paramLabel = "FOLDER",
            description = "Where a known data set's files are.")
    private @Nullable String dataPath;

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description =
                    "As 'cnn train' would show them to this model: its input, its recipe and"
                            + " training's defaults (default: as they are, with the flags'"
                            + " augmentation alone).")
    private @Nullable String model;

    @Option(
            names = "--recipe",
            paramLabel = "RECIPE",
            description = "As 'cnn train --recipe' would show them.")
    private @Nullable String recipe;

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = "Set a value of the model's file. May be repeated.")
    private List<String> sets = List.of();

    @Option(
            names = "--split",
            paramLabel = "train|val|test",
            description = "Which part (default: ${DEFAULT-VALUE}).")
    private String split = "train";

    @Option(names = "--count", description = "How many images (default: ${DEFAULT-VALUE}).")
    private int count = 40;

    @Option(names = "--seed", description = "Of the augmentation (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Mixin private ValSplitOptions valSplit = new ValSplitOptions();

    @Option(
            names = {"--input-size", "--img-size"},
            description = "The network's input in pixels (default: the images' own).")
    private @Nullable Integer inputSize;

    @Option(
            names = "--resize-mode",
            paramLabel = "crop|letterbox|stretch",
            description =
                    "How images of other proportions are brought to that size (default: crop).")
    private @Nullable String resizeMode;

    @Option(names = "--output", description = "The PNG (default: ${DEFAULT-VALUE}).")
    private Path output = Path.of("sheet.png");

    private @Nullable CommandSpec spec;

    /** Adds the flags of augmentation: picocli calls this when it reads the class. */
    @Spec
    void spec(CommandSpec command) {
        this.spec = command;
        TrainFlags.addTo(command, GROUPS);
    }

    @Override
    public Integer call() {
        Split part = part();
        check(count >= 1 && count <= MOST_IMAGES, "--count must be 1 to " + MOST_IMAGES, count);
        check(inputSize == null || inputSize >= 1, "--input-size must be 1 or more", inputSize);
        CommandSpec command = Objects.requireNonNull(spec);
        Recipe flags = TrainFlags.read(command.commandLine().getParseResult(), GROUPS, List.of());
        check(
                part == Split.TRAIN || flags.values().isEmpty(),
                "augmentation changes training images only: --split must be train",
                split);
        Shown shown =
                model == null && recipe == null && sets.isEmpty()
                        ? asTheyAre(flags)
                        : asTrained(flags, part);
        Dataset dataset = shown.data();
        Preprocessing preprocessing = shown.preprocessing();
        Augmentation augmentation = shown.augmentation();
        OutputFile.check("--output", output, dataset.list().stream().toList());
        if (dataset.split(part).size() == 0) {
            throw new BadInput("%s has no %s images".formatted(dataset.name(), part.label()));
        }
        PrintWriter err = command.commandLine().getErr();
        err.println(preprocessing.describe(dataset));
        err.flush();
        check(
                !command.commandLine().getParseResult().hasMatchedOption("--seed")
                        || !augmentation.equals(Augmentation.NONE),
                "--seed has an effect only with augmentation",
                seed);
        ContactSheet sheet =
                new ContactSheet(
                        dataset.classes(),
                        new PreparedImages(
                                dataset.split(part),
                                preprocessing,
                                augmentation.crop().isPresent(),
                                PreparedImages.defaultBudget(),
                                err::println),
                        augmentation,
                        seed);
        OutputFile.write(output, Png.of(sheet.draw(count)));
        PrintWriter out = command.commandLine().getOut();
        out.println(output);
        out.flush();
        return 0;
    }

    /** What is drawn, and what it goes through. */
    private record Shown(Dataset data, Preprocessing preprocessing, Augmentation augmentation) {}

    private Shown asTheyAre(Recipe flags) {
        Dataset dataset =
                Datasets.open(
                        data == null ? "fashion-mnist" : data,
                        Home.path(),
                        Optional.ofNullable(dataPath).map(Path::of),
                        valSplit.split());
        int height = inputSize == null ? dataset.height() : inputSize;
        int width = inputSize == null ? dataset.width() : inputSize;
        Preprocessing preprocessing =
                Preprocessing.of(
                        dataset, dataset.channels(), height, width, mode(dataset, height, width));
        return new Shown(dataset, preprocessing, augmentation(flags, preprocessing));
    }

    private Shown asTrained(Recipe flags, Split part) {
        Map<Setting<?>, Given> values = new LinkedHashMap<>(flags.values());
        TrainFlags.put(values, Settings.MODEL, model);
        TrainFlags.put(values, Settings.DATA, data);
        TrainFlags.put(values, Settings.DATA_PATH, dataPath);
        values.putAll(valSplit.settings());
        TrainFlags.put(values, Settings.INPUT_SIZE, inputSize);
        TrainFlags.put(values, Settings.RESIZE_MODE, resizeMode);
        Recipe given = Recipe.ofSets(sets);
        given.values().values().forEach(set -> requireEffect(set, part));
        given.values().values().forEach(set -> TrainFlags.putOnce(values, set));
        TrainingPlan plan =
                TrainingPlan.of(
                        Home.path(),
                        new Recipe(List.of(), values, given.overrides()),
                        Optional.ofNullable(recipe).map(Home.recipes()::read),
                        Optional.empty());
        Preprocessing preprocessing = plan.preprocessing();
        return new Shown(
                plan.data(),
                preprocessing,
                part == Split.TRAIN
                        ? plan.augmentation()
                        : augmentation(Recipe.EMPTY, preprocessing));
    }

    private static void requireEffect(Given set, Split part) {
        Setting<?> setting = set.setting();
        boolean augments = GROUPS.contains(setting.group());
        if (!augments && !SEEN.contains(setting)) {
            throw new BadInput(
                    "%s has no effect on what is shown%s"
                            .formatted(
                                    set.where(),
                                    setting.equals(Settings.SEED)
                                            ? "; --seed would be right"
                                            : ""));
        }
        check(
                part == Split.TRAIN || !augments,
                set.where() + " changes training images only: --split must be train",
                part.label());
    }

    /** What the flags ask for, and nothing that they don't: training's defaults are left out. */
    private static Augmentation augmentation(Recipe flags, Preprocessing preprocessing) {
        Recipe none = Recipe.ofSets(List.of("train.hflip-prob=0"));
        Configuration configuration =
                Configuration.of(
                        new TreeMap<>(
                                Map.of(Source.Rank.RECIPE, none, Source.Rank.COMMAND_LINE, flags)));
        return AugmentationSettings.of(
                configuration,
                preprocessing.channels(),
                preprocessing.height(),
                preprocessing.width());
    }

    private ResizeMode mode(Dataset dataset, int height, int width) {
        if (resizeMode == null) {
            return ResizeMode.CROP;
        }
        ResizeMode mode = ResizeMode.named(resizeMode);
        ResizeMode.refuseWithoutEffect(dataset, height, width);
        return mode;
    }

    private Split part() {
        return Labelled.named("--split", Split.values(), split);
    }

    private static void check(boolean right, String message, @Nullable Object given) {
        if (!right) {
            throw new BadInput(message + ", not " + given);
        }
    }
}
