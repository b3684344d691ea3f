package org.cnnzoo.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cnnzoo.errors.Nearest;
import org.jspecify.annotations.Nullable;

/**
 * The names that {@code $name} may mean at some place of a file, and the constructs that make a
 * value of others: {@code $name}, {@code choose}, {@code product} and {@code quotient}.
 */
final class Scope {
    /** The channels that arrive; only the network knows how many. */
    static final String IN = "$in";

    private final Map<String, YamlNode> values;

    Scope(Map<String, YamlNode> values) {
        this.values = Map.copyOf(values);
    }

    /** This scope with more names. */
    Scope with(Map<String, YamlNode> more) {
        Map<String, YamlNode> all = new LinkedHashMap<>(values);
        all.putAll(more);
        return new Scope(all);
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    /** The node with every name, choice and product in it replaced by its value. */
    YamlNode resolve(YamlNode node) {
        if (node instanceof YamlNode.Scalar scalar) {
            return scalar(scalar);
        }
        if (node instanceof YamlNode.Sequence sequence) {
            return new YamlNode.Sequence(
                    sequence.items().stream().map(this::resolve).toList(), sequence.where());
        }
        YamlNode.Mapping mapping = (YamlNode.Mapping) node;
        if (mapping.has("choose") && mapping.entries().size() == 1) {
            return choose(mapping.require("choose", "choose"));
        }
        if (Product.is(mapping)) {
            return Product.fold(mapping, this);
        }
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
        mapping.entries()
                .forEach(
                        (key, entry) ->
                                entries.put(
                                        key,
                                        new YamlNode.Entry(
                                                entry.keyWhere(), resolve(entry.value()))));
        return new YamlNode.Mapping(entries, mapping.where());
    }

    private YamlNode scalar(YamlNode.Scalar scalar) {
        if (scalar.quoted() || !scalar.text().startsWith("$") || scalar.text().equals(IN)) {
            return scalar;
        }
        String name = scalar.text().substring(1);
        YamlNode value = values.get(name);
        if (value == null) {
            List<String> known = new ArrayList<>(values.keySet());
            known.add("in");
            throw new SpecException(
                    scalar.where(),
                    "nothing here is called $"
                            + name
                            + Nearest.hint(name, known)
                            + "\n  known here: $"
                            + String.join(", $", known.stream().sorted().toList()));
        }
        return value instanceof YamlNode.Scalar given ? given.through(scalar) : value;
    }

    /** The case of that value, however it is written: {@code True} is {@code true}. */
    private static @Nullable YamlNode found(YamlNode.Mapping table, YamlNode.Scalar key) {
        YamlNode same = table.get(key.text());
        if (same != null || !(key.value() instanceof Boolean || key.value() instanceof Number)) {
            return same;
        }
        for (Map.Entry<String, YamlNode.Entry> one : table.entries().entrySet()) {
            Object value = new YamlNode.Scalar(one.getKey(), false, key.where()).value();
            boolean equal =
                    (value instanceof Number a && key.value() instanceof Number b)
                            ? a.doubleValue() == b.doubleValue()
                            : key.value().equals(value);
            if (equal) {
                return one.getValue().value();
            }
        }
        return null;
    }

    private YamlNode choose(YamlNode node) {
        if (!(node instanceof YamlNode.Mapping mapping)) {
            throw new SpecException(
                    node.where(), "choose needs a mapping of 'by' and 'cases', not " + node.kind());
        }
        mapping.onlyKeys("choose", List.of("by", "cases", "otherwise"));
        YamlNode by = resolve(mapping.require("by", "choose"));
        YamlNode cases = mapping.require("cases", "choose");
        if (!(by instanceof YamlNode.Scalar key)) {
            throw new SpecException(
                    by.where(), "choose goes by a word, number or boolean, not by " + by.kind());
        }
        if (!(cases instanceof YamlNode.Mapping table)) {
            throw new SpecException(
                    cases.where(), "'cases' is a mapping of values to what they stand for");
        }
        YamlNode chosen = found(table, key);
        if (chosen == null) {
            chosen = mapping.get("otherwise");
        }
        if (chosen == null) {
            SpecException none =
                    new SpecException(
                            key.where(),
                            "choose has no case for '"
                                    + key.text()
                                    + "'"
                                    + Nearest.hint(key.text(), table.entries().keySet())
                                    + "\n  cases: "
                                    + String.join(", ", table.entries().keySet()));
            throw key.name() == null ? none : none.and(key.through());
        }
        return resolve(chosen);
    }
}
