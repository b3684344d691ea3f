package org.cnnzoo.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cnnzoo.data.ValSplit;
import org.cnnzoo.recipe.DataSettings;
import org.cnnzoo.recipe.Given;
import org.cnnzoo.recipe.Recipe;
import org.cnnzoo.recipe.Setting;
import org.cnnzoo.recipe.Settings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code train}'s flags of the validation images, for commands that look at data. */
final class ValSplitOptions {
    @Option(
            names = "--val-split",
            paramLabel = "SHARE",
            description =
                    "Share of the training images that is set aside to validate on, as in"
                            + " 'cnn train'.")
    private @Nullable String share;

    @Option(
            names = "--val-seed",
            paramLabel = "SEED",
            description = "Which images that are, as in 'cnn train'.")
    private @Nullable String seed;

    boolean areGiven() {
        return share != null || seed != null;
    }

    ValSplit split() {
        return DataSettings.valSplit(new Recipe(List.of(), settings(), List.of()));
    }

    /** As 'cnn train' has them. */
    Map<Setting<?>, Given> settings() {
        Map<Setting<?>, Given> given = new LinkedHashMap<>();
        TrainFlags.put(given, Settings.VAL_SPLIT, share);
        TrainFlags.put(given, Settings.VAL_SEED, seed);
        return given;
    }
}
