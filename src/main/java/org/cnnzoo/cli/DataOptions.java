package org.cnnzoo.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.cnnzoo.data.Dataset;
import org.cnnzoo.data.Datasets;
import org.cnnzoo.data.Split;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.recipe.DataSettings;
import org.cnnzoo.recipe.Home;
import org.cnnzoo.recipe.Recipe;
import org.cnnzoo.recipe.Setting;
import org.cnnzoo.recipe.Settings;
import org.cnnzoo.run.RunFiles;
import org.cnnzoo.spec.YamlReader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of what a trained network is evaluated on: its own data, unless others are named. */
final class DataOptions {
    @Option(
            names = "--data",
            paramLabel = "DATA",
            description =
                    "A name of 'cnn data list', a folder or a CSV file; otherwise what it was"
                            + " trained on.")
    private @Nullable String data;

    @Option(
            names = {"--data-path", "--data-dir"},
            paramLabel = "FOLDER",
            description = "A known data set's files, if not where they were.")
    private @Nullable Path dataPath;

    @Mixin private ValSplitOptions valSplit = new ValSplitOptions();

    /** Whether somebody asks for other images than the network's own. */
    boolean areGiven() {
        return data != null || dataPath != null || valSplit.areGiven();
    }

    /**
     * The data named; else those that a run was trained on, by its {@code config.yaml}.
     *
     * @throws BadInput if nothing says which data, or an option has no effect
     */
    Dataset open(RunFiles run) {
        if (data != null) {
            return open(data);
        }
        if (valSplit.areGiven()) {
            throw new BadInput(
                    "--val-split and --val-seed have no effect: a run knows its own; they'd go"
                            + " with --data");
        }
        Recipe config = Recipe.ofFile(YamlReader.read(run.config()));
        String name =
                value(config, Settings.DATA)
                        .orElseThrow(
                                () ->
                                        new BadInput(
                                                "%s names no data; give --data"
                                                        .formatted(run.config())));
        Optional<Path> folder =
                Optional.ofNullable(dataPath)
                        .or(() -> value(config, Settings.DATA_PATH).map(Path::of));
        return Datasets.open(name, Home.path(), folder, DataSettings.valSplit(config));
    }

    /**
     * The data named; else those that a checkpoint names.
     *
     * @param file the checkpoint
     * @param trainedOn what it says that it was trained on, or an empty text
     * @throws BadInput if nothing says which data
     */
    Dataset open(Path file, String trainedOn) {
        if (data == null && trainedOn.isEmpty()) {
            throw new BadInput(
                    "%s was not trained here on data with a name; give --data".formatted(file));
        }
        if (data == null
                && !Datasets.isKnown(trainedOn, Home.path())
                && !Files.exists(Path.of(trainedOn))) {
            throw new BadInput(
                    "%s was trained on images of one's own, '%s'; give --data"
                            .formatted(file, trainedOn));
        }
        return open(data == null ? trainedOn : data);
    }

    /**
     * The split to evaluate on: the one asked for; else the test images, or those of validation
     * where there are none.
     *
     * @param asked or null
     * @throws BadInput if it has no images, or an option of these has no effect on it
     */
    Split part(Dataset dataset, @Nullable Split asked) {
        Split part = asked != null ? asked : usual(dataset);
        if (dataset.split(part).size() == 0) {
            throw new BadInput(
                    "%s has no %s images%s"
                            .formatted(
                                    dataset.name(),
                                    part.label(),
                                    part == Split.TEST
                                            ? "; --split val has those of validation"
                                            : ""));
        }
        if (part == Split.TEST && valSplit.areGiven()) {
            throw new BadInput(
                    "--val-split and --val-seed have no effect on the test images; they'd go with"
                            + " --split val or train");
        }
        return part;
    }

    private static Split usual(Dataset dataset) {
        return dataset.split(Split.TEST).size() > 0 ? Split.TEST : Split.VAL;
    }

    private Dataset open(String name) {
        return Datasets.open(name, Home.path(), Optional.ofNullable(dataPath), valSplit.split());
    }

    private static Optional<String> value(Recipe config, Setting<String> setting) {
        return config.find(setting).map(given -> (String) given.value());
    }
}
