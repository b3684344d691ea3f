package org.cnnzoo.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.cnnzoo.data.Dataset;
import org.cnnzoo.data.Datasets;
import org.cnnzoo.data.ValSplit;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.recipe.DataSettings;
import org.cnnzoo.recipe.Home;
import org.cnnzoo.recipe.Recipe;
import org.cnnzoo.recipe.Setting;
import org.cnnzoo.recipe.Settings;
import org.cnnzoo.run.RunFiles;
import org.cnnzoo.spec.YamlReader;
import org.jspecify.annotations.Nullable;

/** The data that a run was trained on, by its {@code config.yaml}. */
final class RunData {
    private RunData() {}

    /**
     * Opens it, or what was named in its place.
     *
     * @param data a name, folder or CSV file, or null for the run's own
     * @param dataPath where a known data set is, or null for where it was
     * @param valSplit of other data than the run's own
     * @throws BadInput if nothing says which data
     */
    static Dataset open(
            RunFiles files, @Nullable String data, @Nullable Path dataPath, ValSplit valSplit) {
        Recipe config = Recipe.ofFile(YamlReader.read(files.config()));
        String name = data == null ? value(config, Settings.DATA) : data;
        String path = data == null ? value(config, Settings.DATA_PATH) : null;
        if (name == null) {
            throw new BadInput("%s names no data; give --data".formatted(files.config()));
        }
        Path folder = dataPath == null && path != null ? Path.of(path) : dataPath;
        return Datasets.open(
                name,
                Home.path(),
                Optional.ofNullable(folder),
                data == null ? DataSettings.valSplit(config) : valSplit);
    }

    private static @Nullable String value(Recipe config, Setting<String> setting) {
        return config.find(setting).map(given -> (String) given.value()).orElse(null);
    }
}
