package org.cnnzoo.recipe;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.spec.SetValue;
import org.cnnzoo.spec.SpecException;
import org.cnnzoo.spec.Where;
import org.cnnzoo.spec.Wildcard;
import org.cnnzoo.spec.YamlNode;

/**
 * Settings from a YAML mapping: a recipe file, the {@code recipe} of an architecture file, or a
 * run's {@code config.yaml}.
 *
 * <p>Besides the settings' keys a recipe file may have {@code description} and {@code paper}
 * (texts), {@code for} (the models it was written for, with wildcards), {@code params} (a mapping
 * of the architecture's parameters) and {@code set} (a list of {@code path=value} for anything else
 * in the architecture file).
 *
 * @param models wildcards of the models this recipe was written for; may be empty
 * @param values by setting
 * @param overrides for the architecture, as after {@code --set}
 */
public record Recipe(List<String> models, Map<Setting<?>, Given> values, List<SetValue> overrides) {
    /** A recipe that sets nothing. */
    public static final Recipe EMPTY = new Recipe(List.of(), Map.of(), List.of());

    private static final List<String> OTHER_KEYS =
            List.of("description", "paper", "for", "params", "set");

    public Recipe {
        models = List.copyOf(models);
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        overrides = List.copyOf(overrides);
    }

    /**
     * Reads a recipe file.
     *
     * @throws SpecException at an unknown key or a value that isn't right
     */
    public static Recipe ofFile(YamlNode node) {
        YamlNode.Mapping mapping = mapping(node);
        List<String> models = new ArrayList<>();
        List<SetValue> overrides = new ArrayList<>();
        Map<Setting<?>, Given> values = new LinkedHashMap<>();
        mapping.entries()
                .forEach(
                        (key, entry) -> {
                            switch (key) {
                                case "description", "paper" -> word(key, entry.value());
                                case "for" -> models.addAll(words(key, entry.value()));
                                case "params" -> overrides.addAll(params(entry.value()));
                                case "set" -> overrides.addAll(sets(entry.value()));
                                default -> put(values, key, entry, false);
                            }
                        });
        Given model = values.get(Settings.MODEL);
        if (model != null) {
            models.add((String) model.value());
        }
        return new Recipe(models, values, overrides);
    }

    /**
     * Reads the recipe inside an architecture file, which says how to train and nothing else.
     *
     * @throws SpecException at an unknown key or a value that isn't right
     */
    public static Recipe ofModel(YamlNode node) {
        Map<Setting<?>, Given> values = new LinkedHashMap<>();
        mapping(node).entries().forEach((key, entry) -> put(values, key, entry, true));
        return new Recipe(List.of(), values, List.of());
    }

    /** Whether it was written for a model, and so knows better than the model's own recipe. */
    public boolean isFor(String model) {
        return models.stream()
                .anyMatch(wildcard -> Wildcard.pattern(wildcard).matcher(model).matches());
    }

    /** The value it gives to a setting. */
    public Optional<Given> find(Setting<?> setting) {
        return Optional.ofNullable(values.get(setting));
    }

    private static void put(
            Map<Setting<?>, Given> values, String key, YamlNode.Entry entry, boolean ofModel) {
        Setting<?> setting = Settings.find(key).orElseThrow(() -> unknown(key, entry, ofModel));
        if (ofModel && !setting.group().ofTraining()) {
            throw new SpecException(
                    entry.keyWhere(),
                    "'" + key + "' can't be in a model's recipe, which says how to train it");
        }
        Given before = values.put(setting, setting.given(entry.keyWhere(), entry.value()));
        if (before != null) {
            throw new SpecException(
                    entry.keyWhere(),
                    "'"
                            + key
                            + "' is the setting '"
                            + setting.key()
                            + "' again, first at line "
                            + before.where().line());
        }
    }

    private static SpecException unknown(String key, YamlNode.Entry entry, boolean ofModel) {
        List<String> known = new ArrayList<>(ofModel ? List.of() : OTHER_KEYS);
        Settings.ALL.stream()
                .filter(setting -> !ofModel || setting.group().ofTraining())
                .forEach(setting -> known.addAll(setting.names()));
        String hint = OtherNames.hint(key, known);
        String where =
                "\n'cnn train --help' lists the settings"
                        + (ofModel ? "" : "; also known: " + String.join(", ", OTHER_KEYS));
        return new SpecException(
                entry.keyWhere(),
                "unknown key '" + key + "' in a recipe" + (hint.isEmpty() ? where : hint));
    }

    private static YamlNode.Mapping mapping(YamlNode node) {
        if (node instanceof YamlNode.Mapping mapping) {
            return mapping;
        }
        throw new SpecException(
                node.where(), "a recipe is a mapping, such as 'lr: 0.1', not " + node.kind());
    }

    private static List<SetValue> params(YamlNode node) {
        if (node instanceof YamlNode.Mapping mapping) {
            List<SetValue> overrides = new ArrayList<>();
            mapping.entries()
                    .forEach(
                            (key, entry) ->
                                    overrides.add(
                                            new SetValue(
                                                    "params." + key,
                                                    YamlText.flow(entry.value()),
                                                    entry.keyWhere())));
            return overrides;
        }
        throw new SpecException(
                node.where(), "'params' is a mapping, such as 'width: 0.5', not " + node.kind());
    }

    private static List<SetValue> sets(YamlNode node) {
        List<YamlNode> items =
                node instanceof YamlNode.Sequence sequence ? sequence.items() : List.of(node);
        return items.stream().map(item -> SetValue.parse(word("set", item), item.where())).toList();
    }

    private static List<String> words(String key, YamlNode node) {
        if (node instanceof YamlNode.Sequence sequence) {
            return sequence.items().stream().map(item -> word(key, item)).toList();
        }
        return List.of(word(key, node));
    }

    private static String word(String key, YamlNode node) {
        if (node instanceof YamlNode.Scalar scalar && !scalar.text().isBlank()) {
            return scalar.text();
        }
        throw new SpecException(node.where(), "'" + key + "' is a text, not " + node.kind());
    }

    /** What {@code --set} was given: settings of training, and paths in the architecture. */
    public static Recipe ofSets(List<String> sets) {
        Map<Setting<?>, Given> values = new LinkedHashMap<>();
        List<SetValue> overrides = new ArrayList<>();
        for (String set : sets) {
            int equals = set.indexOf('=');
            if (equals < 1) {
                throw new BadInput(
                        "--set "
                                + set
                                + ": PATH=VALUE was expected, such as params.width=0.5 or"
                                + " train.lr=0.1");
            }
            String path = set.substring(0, equals);
            if (path.startsWith("train.")) {
                String key = path.substring("train.".length());
                Where where = Where.flag("--set " + path);
                Setting<?> setting = Settings.find(key).orElseThrow(() -> unknown(key, where));
                Given before =
                        values.put(setting, setting.given(where.file(), set.substring(equals + 1)));
                if (before != null) {
                    throw new BadInput(where + " is given twice");
                }
            } else if (Settings.find(path).isPresent()) {
                throw new BadInput("--set " + path + ": did you mean --set train." + set + "?");
            } else {
                overrides.add(SetValue.parse(set));
            }
        }
        return new Recipe(List.of(), values, overrides);
    }

    private static BadInput unknown(String key, Where where) {
        List<String> keys = Settings.ALL.stream().<String>map(Setting::key).toList();
        String hint = OtherNames.hint(key, keys);
        return new BadInput(
                where
                        + ": unknown training setting '"
                        + key
                        + "'"
                        + (hint.isEmpty() ? "\n'cnn train --help' lists them" : hint));
    }
}
