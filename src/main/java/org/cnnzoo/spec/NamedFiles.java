package org.cnnzoo.spec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.errors.Nearest;

/**
 * The YAML files of a folder and of those in it, each of which has a name: {@code papers/vgg} for
 * {@code papers/vgg.yaml}.
 *
 * @param folder such as {@code configs/recipes}; it needn't be there
 * @param kind what a file is, for messages: {@code recipe}
 */
public record NamedFiles(Path folder, String kind) {
    private static final String SUFFIX = ".yaml";

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

    /**
     * The file of a name, or the file itself.
     *
     * @param nameOrFile a name of {@link #names()}, or a path
     * @throws BadInput if it is neither, with the nearest name and all of them
     */
    public Path find(String nameOrFile) {
        return find(nameOrFile, Path.of(""));
    }

    /**
     * The same with a path that is relative to a folder.
     *
     * @throws BadInput as well
     */
    public Path find(String nameOrFile, Path directory) {
        List<String> names = names();
        if (names.contains(nameOrFile)) {
            return folder.resolve(nameOrFile + SUFFIX);
        }
        Path file = directory.resolve(nameOrFile);
        if (nameOrFile.endsWith(SUFFIX)
                || nameOrFile.endsWith(".yml")
                || Files.isRegularFile(file)) {
            return file;
        }
        throw new BadInput(
                "there is no %s '%s'%s%n%ss: %s; or give a file"
                        .formatted(
                                kind,
                                nameOrFile,
                                Nearest.hint(nameOrFile, names),
                                kind,
                                String.join(", ", names)));
    }

    /** How messages name a file: by its path in the folder where it is in it. */
    public String shown(Path file) {
        return file.startsWith(folder) ? folder.relativize(file).toString() : file.toString();
    }
}
