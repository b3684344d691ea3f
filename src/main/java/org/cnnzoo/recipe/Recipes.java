package org.cnnzoo.recipe;

import java.nio.file.Path;
import java.util.List;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.spec.NamedFiles;
import org.cnnzoo.spec.YamlReader;

/** The recipes in {@code configs/recipes}, by name: {@code quick}, {@code papers/vgg}. */
public final class Recipes {
    private final NamedFiles files;

    /**
     * @param folder {@code configs/recipes}
     */
    public Recipes(Path folder) {
        files = new NamedFiles(folder, "recipe");
    }

    /**
     * Reads a recipe.
     *
     * @param nameOrFile a name of {@link #names()}, or a YAML file's path
     * @throws BadInput for an unknown name, or a file that is no recipe
     */
    public Recipe read(String nameOrFile) {
        return read(nameOrFile, Path.of(""));
    }

    /**
     * The same with a path that is relative to a folder.
     *
     * @throws BadInput as well
     */
    public Recipe read(String nameOrFile, Path directory) {
        Path file = files.find(nameOrFile, directory);
        return Recipe.ofFile(YamlReader.read(file, files.shown(file)));
    }

    /** The names, sorted. */
    public List<String> names() {
        return files.names();
    }
}
