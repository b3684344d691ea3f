package org.cnnzoo.spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.errors.Nearest;

/** The architecture files of a folder, found by name or alias. */
public final class Zoo {
    private final Path folder;

    /** The zoo of a folder of {@code NAME.yaml} files. */
    public Zoo(Path folder) {
        this.folder = folder;
    }

    /** The names of all models, templates left out, in alphabetical order. */
    public List<String> names() {
        return files().values().stream()
                .filter(path -> !isTemplate(path))
                .map(Zoo::nameOf)
                .toList();
    }

    /**
     * Reads a model.
     *
     * @param nameOrFile a model's name or alias, or the path of a YAML file
     * @param values what to set in the file
     * @throws BadInput naming the nearest model where there is none of that name
     */
    public Architecture load(String nameOrFile, List<SetValue> values) {
        Path path = find(nameOrFile);
        return ArchitectureReader.read(path, shown(path), values);
    }

    /** The file of a model. */
    public Path find(String nameOrFile) {
        if (isFile(nameOrFile)) {
            Path path = Path.of(nameOrFile);
            if (!Files.isRegularFile(path)) {
                throw new BadInput("there is no file " + nameOrFile);
            }
            return path;
        }
        Map<String, Path> files = files();
        Path byName = files.get(nameOrFile);
        if (byName != null && !isTemplate(byName)) {
            return byName;
        }
        List<String> known = new ArrayList<>();
        for (Path path : files.values()) {
            if (!isTemplate(path)) {
                known.add(nameOf(path));
                for (String alias : aliases(path)) {
                    if (alias.equals(nameOrFile)) {
                        return path;
                    }
                    known.add(alias);
                }
            }
        }
        throw new BadInput(
                "there is no model '"
                        + nameOrFile
                        + "'"
                        + Nearest.hint(nameOrFile, known)
                        + "\n  'cnn models' lists them all; a path to a YAML file works too");
    }

    /** Whether it is the path of an architecture file, rather than a model's name or alias. */
    public static boolean isFile(String nameOrFile) {
        return nameOrFile.endsWith(".yaml") || nameOrFile.endsWith(".yml");
    }

    private static String nameOf(Path path) {
        String file = path.getFileName().toString();
        return file.substring(0, file.length() - ".yaml".length());
    }

    /** A path relative to where the command runs, where that is shorter. */
    private static String shown(Path path) {
        Path here = Path.of("").toAbsolutePath();
        Path absolute = path.toAbsolutePath().normalize();
        return absolute.startsWith(here) ? here.relativize(absolute).toString() : path.toString();
    }

    private Map<String, Path> files() {
        Map<String, Path> files = new TreeMap<>();
        try (Stream<Path> list = Files.list(folder)) {
            list.filter(path -> path.toString().endsWith(".yaml"))
                    .forEach(path -> files.put(nameOf(path), path));
        } catch (IOException e) {
            throw new BadInput("no folder of models at " + folder, e);
        }
        return files;
    }

    private static boolean isTemplate(Path path) {
        return top(path).get("template") instanceof YamlNode.Scalar s
                && Boolean.TRUE.equals(s.value());
    }

    private static List<String> aliases(Path path) {
        return top(path).get("aliases") instanceof YamlNode.Sequence sequence
                ? sequence.items().stream()
                        .filter(YamlNode.Scalar.class::isInstance)
                        .map(item -> ((YamlNode.Scalar) item).text())
                        .toList()
                : List.of();
    }

    private static YamlNode.Mapping top(Path path) {
        YamlNode.Mapping nothing = new YamlNode.Mapping(Map.of(), new Where(path.toString(), 1, 1));
        try {
            return YamlReader.read(path) instanceof YamlNode.Mapping mapping ? mapping : nothing;
        } catch (BadInput broken) {
            // it is a model that can't be loaded, and no reason not to find the others
            return nothing;
        }
    }
}
