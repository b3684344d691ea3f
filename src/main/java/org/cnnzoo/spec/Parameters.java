package org.cnnzoo.spec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads {@code params}: names, defaults, and what a value may be. */
final class Parameters {
    private Parameters() {}

    /**
     * The values by name.
     *
     * @param params the mapping with overrides applied
     * @param declared the mapping as the file (the base file, for a variant) declares it, which
     *     gives each parameter its type
     */
    static Map<String, YamlNode> read(YamlNode.Mapping params, YamlNode.Mapping declared) {
        Map<String, YamlNode> values = new LinkedHashMap<>();
        params.entries()
                .forEach(
                        (name, entry) -> {
                            if (!name.matches("[A-Za-z][A-Za-z0-9_]*") || name.equals("in")) {
                                throw new SpecException(
                                        entry.keyWhere(),
                                        "'"
                                                + name
                                                + "' can't be a parameter's name: letters,"
                                                + " digits and _, and not 'in'");
                            }
                            YamlNode value = value(name, entry.value());
                            YamlNode type = declared.get(name);
                            checkType(name, value, type == null ? value : value(name, type));
                            values.put(name, value);
                        });
        return values;
    }

    private static YamlNode value(String name, YamlNode node) {
        if (!(node instanceof YamlNode.Mapping mapping)) {
            return node;
        }
        String what = "parameter '" + name + "'";
        mapping.onlyKeys(what, List.of("default", "choices", "doc"));
        YamlNode value = mapping.require("default", what);
        YamlNode choices = mapping.get("choices");
        if (choices instanceof YamlNode.Sequence sequence
                && value instanceof YamlNode.Scalar scalar) {
            List<String> known =
                    sequence.items().stream()
                            .map(item -> ArgumentReader.text("a choice", item))
                            .toList();
            if (!known.contains(scalar.text())) {
                throw new SpecException(
                        value.where(),
                        what
                                + " can't be '"
                                + scalar.text()
                                + "'"
                                + org.cnnzoo.errors.Nearest.hint(scalar.text(), known)
                                + "\n  choices: "
                                + String.join(", ", known));
            }
        } else if (choices != null) {
            throw new SpecException(choices.where(), "'choices' is a list of words or numbers");
        }
        return value;
    }

    private static void checkType(String name, YamlNode value, YamlNode declared) {
        String expected = type(declared);
        String given = type(value);
        boolean fits =
                given.equals(expected)
                        || (expected.equals("a number") && given.equals("a whole number"));
        if (!fits) {
            throw new SpecException(
                    value.where(),
                    "parameter '"
                            + name
                            + "' is "
                            + value.kind()
                            + "; expected "
                            + expected
                            + (declared instanceof YamlNode.Scalar s ? " like " + s.text() : ""));
        }
    }

    private static String type(YamlNode node) {
        if (node instanceof YamlNode.Sequence) {
            return "a list";
        }
        if (node instanceof YamlNode.Scalar scalar) {
            Object value = scalar.value();
            if (value instanceof Long) {
                return "a whole number";
            }
            if (value instanceof Double) {
                return "a number";
            }
            if (value instanceof Boolean) {
                return "true or false";
            }
            return value == null ? "nothing" : "a word";
        }
        return "a mapping";
    }

    /** Refuses parameters that no {@code $name} of the file mentions: they would do nothing. */
    static void checkUsed(YamlNode.Mapping root, YamlNode.Mapping params) {
        Set<String> used = new TreeSet<>();
        mentions(root, used);
        params.entries()
                .forEach(
                        (name, entry) -> {
                            if (!used.contains(name)) {
                                throw new SpecException(
                                        entry.keyWhere(),
                                        "parameter '"
                                                + name
                                                + "' does nothing: no $"
                                                + name
                                                + " in the file");
                            }
                        });
    }

    private static void mentions(YamlNode node, Set<String> names) {
        if (node instanceof YamlNode.Scalar scalar) {
            if (!scalar.quoted() && scalar.text().startsWith("$")) {
                names.add(scalar.text().substring(1));
            }
        } else if (node instanceof YamlNode.Sequence sequence) {
            sequence.items().forEach(item -> mentions(item, names));
        } else {
            ((YamlNode.Mapping) node)
                    .entries()
                    .values()
                    .forEach(entry -> mentions(entry.value(), names));
        }
    }
}
