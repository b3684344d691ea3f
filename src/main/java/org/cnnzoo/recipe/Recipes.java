package org.cnnzoo.recipe;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.errors.Nearest;
import org.cnnzoo.spec.YamlReader;

/** The recipes in {@code configs/recipes}, by name: {@code quick}, {@code papers/vgg}. */
public final class Recipes {
    private static final String SUFFIX = ".yaml";

    private final Path folder;

    /**
     * @param folder {@code configs/recipes}
     */
    public Recipes(Path folder) {
        this.folder = folder;
    }

    /**
     * Reads a recipe.
     *
     * @param nameOrFile a name of {@link #names()}, or a YAML file's path
     * @throws BadInput for an unknown name, or a file that is no recipe
     */
    public Recipe read(String nameOrFile) {
        List<String> names = names();
        if (names.contains(nameOrFile)) {
            Path file = folder.resolve(nameOrFile + SUFFIX);
            return Recipe.ofFile(YamlReader.read(file, nameOrFile + SUFFIX));
        }
        Path file = Path.of(nameOrFile);
        if (nameOrFile.endsWith(SUFFIX) || nameOrFile.endsWith(".yml") || Files.exists(file)) {
            return Recipe.ofFile(YamlReader.read(file));
        }
        throw new BadInput(
                "--recipe: there is no recipe '"
                        + nameOrFile
                        + "'"
                        + Nearest.hint(nameOrFile, names)
                        + "\n  recipes: "
                        + String.join(", ", names));
    }

    /** The names, sorted. */
    public List<String> names() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(file -> folder.relativize(file).toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
