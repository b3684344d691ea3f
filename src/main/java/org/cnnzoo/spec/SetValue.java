package org.cnnzoo.spec;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.errors.Nearest;

/**
 * A value of a file replaced from outside: {@code --set params.width=0.5}.
 *
 * @param path keys and list positions, joined by dots
 * @param value YAML
 * @param where what messages call it
 */
public record SetValue(String path, String value, Where where) {

    /**
     * Reads {@code a.b=value}.
     *
     * @throws BadInput if there is no {@code =}
     */
    public static SetValue parse(String text) {
        if (text.indexOf('=') < 1) {
            throw new BadInput("--set " + text + ": expected PATH=VALUE, as in params.width=0.5");
        }
        return parse(text, Where.flag("--set " + text));
    }

    /**
     * Reads the same where a file has it.
     *
     * @throws SpecException if there is no {@code =}
     */
    public static SetValue parse(String text, Where where) {
        int at = text.indexOf('=');
        if (at < 1) {
            throw new SpecException(
                    where, "'" + text + "': expected PATH=VALUE, as in params.width=0.5");
        }
        return new SetValue(text.substring(0, at).strip(), text.substring(at + 1).strip(), where);
    }

    /** An override that a flag of its own makes, such as {@code --classes 10}. */
    public static SetValue of(String path, String value, String flag) {
        return new SetValue(path, value, Where.flag(flag));
    }

    /** The values by their paths; of several for one path the last. */
    public static SortedMap<String, String> byPath(List<SetValue> values) {
        SortedMap<String, String> byPath = new TreeMap<>();
        values.forEach(set -> byPath.put(set.path(), set.value()));
        return byPath;
    }

    /** Whether one of the values is for a path. */
    public static boolean isSet(Collection<SetValue> values, String path) {
        return values.stream().anyMatch(set -> set.path().equals(path));
    }

    /**
     * Refuses a flag beside a value for the very thing that it sets.
     *
     * @throws BadInput if there is one
     */
    public static void refuseBeside(String flag, Collection<SetValue> values, String path) {
        if (isSet(values, path)) {
            throw new BadInput(
                    "%s and --set %s set the same; one of them would be right"
                            .formatted(flag, path));
        }
    }

    /** {@code path=value}. */
    public String text() {
        return path + "=" + value;
    }

    /** The tree with this value in its place. */
    YamlNode.Mapping applyTo(YamlNode.Mapping root) {
        YamlNode parsed =
                relocate(YamlReader.parse(where.toString(), value.isEmpty() ? "''" : value));
        return (YamlNode.Mapping) set(root, List.of(path.split("\\.", -1)), 0, parsed);
    }

    private YamlNode set(YamlNode node, List<String> keys, int depth, YamlNode leaf) {
        if (depth == keys.size()) {
            return parameterDefault(node, keys, leaf);
        }
        String key = keys.get(depth);
        if (node instanceof YamlNode.Mapping mapping) {
            YamlNode before = mapping.get(key);
            if (before == null && isDefault(keys) && depth + 1 < keys.size()) {
                before = new YamlNode.Mapping(Map.of(), where); // read with the words' own checks
            }
            if (before == null && (depth + 1 < keys.size() || isParameter(keys))) {
                throw new SpecException(
                        where,
                        "there is no '"
                                + key
                                + "' in "
                                + (depth == 0
                                        ? "the file"
                                        : String.join(".", keys.subList(0, depth)))
                                + Nearest.hint(key, mapping.entries().keySet())
                                + "\n  known: "
                                + String.join(", ", mapping.entries().keySet()));
            }
            Map<String, YamlNode.Entry> entries = new LinkedHashMap<>(mapping.entries());
            YamlNode after = before == null ? leaf : set(before, keys, depth + 1, leaf);
            YamlNode.Entry old = mapping.entries().get(key);
            entries.put(key, new YamlNode.Entry(old == null ? where : old.keyWhere(), after));
            return new YamlNode.Mapping(entries, mapping.where());
        }
        if (node instanceof YamlNode.Sequence sequence) {
            List<YamlNode> items = new ArrayList<>(sequence.items());
            if (!key.matches("[0-9]{1,6}") || Integer.parseInt(key) >= items.size()) {
                throw new SpecException(
                        where,
                        "'"
                                + key
                                + "' is not a position in "
                                + String.join(".", keys.subList(0, depth))
                                + "; it has 0 to "
                                + (items.size() - 1));
            }
            int at = Integer.parseInt(key);
            items.set(at, set(items.get(at), keys, depth + 1, leaf));
            return new YamlNode.Sequence(items, sequence.where());
        }
        throw new SpecException(
                where,
                String.join(".", keys.subList(0, depth))
                        + " is "
                        + node.kind()
                        + " and has no '"
                        + key
                        + "'");
    }

    /** {@code defaults.WORD.ARGUMENT}. */
    private static boolean isDefault(List<String> keys) {
        return keys.size() == 3 && keys.get(0).equals("defaults");
    }

    private static boolean isParameter(List<String> keys) {
        return keys.size() == 2 && keys.get(0).equals("params");
    }

    /**
     * {@code params.stem=cifar} keeps the choices of {@code stem: {default: ..., choices: ...}}.
     */
    private YamlNode parameterDefault(YamlNode node, List<String> keys, YamlNode leaf) {
        if (isParameter(keys)
                && node instanceof YamlNode.Mapping mapping
                && mapping.has("default")) {
            Map<String, YamlNode.Entry> entries = new LinkedHashMap<>(mapping.entries());
            entries.put("default", new YamlNode.Entry(where, leaf));
            return new YamlNode.Mapping(entries, mapping.where());
        }
        return leaf;
    }

    /** Gives every value the flag as its place: a column inside a flag's text helps nobody. */
    private YamlNode relocate(YamlNode node) {
        if (node instanceof YamlNode.Scalar scalar) {
            return new YamlNode.Scalar(scalar.text(), scalar.quoted(), where);
        }
        if (node instanceof YamlNode.Sequence sequence) {
            return new YamlNode.Sequence(
                    sequence.items().stream().map(this::relocate).toList(), where);
        }
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
        ((YamlNode.Mapping) node)
                .entries()
                .forEach(
                        (key, entry) ->
                                entries.put(
                                        key, new YamlNode.Entry(where, relocate(entry.value()))));
        return new YamlNode.Mapping(entries, where);
    }
}
