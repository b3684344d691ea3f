package org.cnnzoo.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.errors.Nearest;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads one {@code configs/datasets/NAME.yaml} into a {@link KnownDataset}. */
final class DatasetFile {
    private static final Set<String> KEYS =
            Set.of(
                    "name",
                    "description",
                    "format",
                    "path",
                    "files",
                    "shape",
                    "transposed",
                    "classes",
                    "splits",
                    "license",
                    "source",
                    "obtain");

    private final Path file;
    private final Map<?, ?> root;

    private DatasetFile(Path file, Map<?, ?> root) {
        this.file = file;
        this.root = root;
    }

    /**
     * The data set a file describes.
     *
     * @throws BadInput if it isn't YAML, or a key is unknown, missing or of the wrong type
     */
    static KnownDataset read(Path file) {
        Object root;
        try {
            LoadSettings settings = LoadSettings.builder().setLabel(file.toString()).build();
            root = new Load(settings).loadFromString(Files.readString(file));
        } catch (IOException | YamlEngineException e) {
            throw new BadInput("can't read " + file + ": " + e.getMessage(), e);
        }
        if (!(root instanceof Map<?, ?> map)) {
            throw new BadInput(file + " describes no data set: keys with values would be right");
        }
        return new DatasetFile(file, map).dataset();
    }

    private KnownDataset dataset() {
        for (Object key : root.keySet()) {
            if (!KEYS.contains(String.valueOf(key))) {
                throw wrong("unknown key '" + key + "'" + Nearest.hint("" + key, KEYS));
            }
        }
        KnownDataset.Format format = format();
        boolean folder = format == KnownDataset.Format.FOLDER;
        String name = text("name");
        if (!file.getFileName().toString().equals(name + ".yaml")) {
            throw wrong("name is '" + name + "', but the file is not " + name + ".yaml");
        }
        return new KnownDataset(
                name,
                text("description"),
                format,
                text("path"),
                folder ? Map.of() : files(),
                folder ? List.of() : numbers("shape", 3),
                Boolean.TRUE.equals(root.get("transposed")),
                folder && !root.containsKey("classes") ? List.of() : texts("classes"),
                splits(),
                text("license"),
                text("source"),
                text("obtain"));
    }

    private KnownDataset.Format format() {
        String given = text("format");
        List<String> known =
                List.of(KnownDataset.Format.values()).stream()
                        .map(f -> f.name().toLowerCase(Locale.ROOT))
                        .toList();
        if (!known.contains(given)) {
            throw wrong(
                    "unknown format '%s'%s; right are %s"
                            .formatted(given, Nearest.hint(given, known), known));
        }
        return KnownDataset.Format.valueOf(given.toUpperCase(Locale.ROOT));
    }

    private Map<Split, List<String>> files() {
        Map<Split, List<String>> files = new EnumMap<>(Split.class);
        Map<?, ?> map = map("files");
        for (Split split : List.of(Split.TRAIN, Split.TEST)) {
            files.put(split, texts(map.get(split.label()), "files." + split.label()));
        }
        return files;
    }

    private Map<Split, Integer> splits() {
        Map<Split, Integer> splits = new EnumMap<>(Split.class);
        Map<?, ?> map = map("splits");
        for (Split split : Split.values()) {
            if (!(map.get(split.label()) instanceof Integer count) || count < 1) {
                throw wrong("splits." + split.label() + " must be a number of images");
            }
            splits.put(split, count);
        }
        return splits;
    }

    private String text(String key) {
        if (!(root.get(key) instanceof String text) || text.isBlank()) {
            throw wrong("'" + key + "' must be a text");
        }
        return text.strip();
    }

    private List<String> texts(String key) {
        return texts(root.get(key), key);
    }

    private List<String> texts(@Nullable Object value, String key) {
        if (!(value instanceof List<?> list) || list.isEmpty()) {
            throw wrong("'" + key + "' must be a list of texts");
        }
        List<String> texts = new ArrayList<>();
        for (Object item : list) {
            // A class named 7 is a number to YAML
            if (!(item instanceof String) && !(item instanceof Integer)) {
                throw wrong("'" + key + "' must be a list of texts, not with " + item);
            }
            texts.add(item.toString());
        }
        return texts;
    }

    private List<Integer> numbers(String key, int count) {
        List<Integer> numbers = new ArrayList<>();
        if (root.get(key) instanceof List<?> list) {
            for (Object item : list) {
                if (item instanceof Integer number && number > 0) {
                    numbers.add(number);
                }
            }
            if (list.size() == count && numbers.size() == count) {
                return numbers;
            }
        }
        throw wrong("'%s' must be a list of %d numbers above 0".formatted(key, count));
    }

    private Map<?, ?> map(String key) {
        if (!(root.get(key) instanceof Map<?, ?> map)) {
            throw wrong("'" + key + "' must have the keys train and test");
        }
        return map;
    }

    private BadInput wrong(String what) {
        return new BadInput(file + ": " + what);
    }
}
