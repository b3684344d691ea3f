package org.cnnzoo.sweep;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.cnnzoo.spec.SpecException;
import org.cnnzoo.spec.YamlNode;

/** Reads one parameter's values: a list, or a mapping with the kind of range. */
final class DomainReader {
    private static final List<String> KINDS =
            List.of("choice", "uniform", "log-uniform", "integer", "log-integer");
    private static final String CHOICE = KINDS.get(0);

    private DomainReader() {}

    static Domain read(String path, YamlNode node) {
        if (node instanceof YamlNode.Sequence) {
            return choice(path, node);
        }
        if (!(node instanceof YamlNode.Mapping mapping)) {
            throw new SpecException(
                    node.where(),
                    "'%s' needs values: [a, b] or {uniform: [0, 1]}, not %s"
                            .formatted(path, node.kind()));
        }
        List<String> keys = new ArrayList<>(KINDS);
        keys.addAll(List.of("points", "when"));
        mapping.onlyKeys("'" + path + "'", keys);
        List<String> kinds = KINDS.stream().filter(mapping::has).toList();
        if (kinds.size() != 1) {
            throw new SpecException(
                    node.where(), "'%s' has one of %s".formatted(path, String.join(", ", KINDS)));
        }
        String kind = kinds.get(0);
        YamlNode values = mapping.require(kind, path);
        if (kind.equals(CHOICE)) {
            if (mapping.has("points")) {
                throw new SpecException(mapping.where(), "'points' has no effect beside a choice");
            }
            return choice(path, values);
        }
        int points =
                mapping.get("points") == null
                        ? 0
                        : Math.toIntExact(
                                Nodes.whole("points", mapping.require("points", path), 1));
        return range(kind, values, points);
    }

    /** The values of a choice, as they stand in the file. */
    static List<YamlNode> choices(YamlNode node) {
        Map<String, YamlNode.Entry> none = Map.of();
        YamlNode.Mapping mapping =
                node instanceof YamlNode.Mapping m ? m : new YamlNode.Mapping(none, node.where());
        YamlNode values = mapping.has(CHOICE) ? mapping.require(CHOICE, CHOICE) : node;
        return values instanceof YamlNode.Sequence sequence ? sequence.items() : List.of();
    }

    private static Domain choice(String path, YamlNode node) {
        if (node instanceof YamlNode.Sequence none && none.items().isEmpty()) {
            throw new SpecException(
                    node.where(), "'%s' has an empty list; it needs values".formatted(path));
        }
        if (!(node instanceof YamlNode.Sequence sequence)) {
            throw new SpecException(
                    node.where(),
                    "'%s' needs a list of values, not %s".formatted(path, node.kind()));
        }
        LinkedHashSet<Object> values = new LinkedHashSet<>();
        for (YamlNode item : sequence.items()) {
            if (!values.add(Nodes.value(item))) {
                throw new SpecException(item.where(), "the value stands twice in the list");
            }
        }
        return new Domain.Choice(List.copyOf(values));
    }

    private static Domain range(String kind, YamlNode node, int points) {
        if (!(node instanceof YamlNode.Sequence sequence) || sequence.items().size() != 2) {
            throw new SpecException(
                    node.where(), "'" + kind + "' is a list of two numbers: [least, greatest]");
        }
        boolean log = kind.startsWith("log-");
        Number low = number(kind, sequence.items().get(0));
        Number high = number(kind, sequence.items().get(1));
        if (low.doubleValue() >= high.doubleValue()) {
            throw new SpecException(
                    node.where(), "'" + kind + "': the first number must be less than the second");
        }
        if (log && low.doubleValue() <= 0) {
            throw new SpecException(
                    sequence.items().get(0).where(), "'" + kind + "' needs numbers above 0");
        }
        return kind.endsWith("integer")
                ? new Domain.Whole(low.longValue(), high.longValue(), log, points)
                : new Domain.Real(low.doubleValue(), high.doubleValue(), log, points);
    }

    private static Number number(String kind, YamlNode node) {
        boolean whole = kind.endsWith("integer");
        if (node instanceof YamlNode.Scalar scalar
                && scalar.value() instanceof Number number
                && (!whole || number instanceof Long)) {
            return number;
        }
        throw new SpecException(
                node.where(),
                "'%s' needs %s, not %s"
                        .formatted(kind, whole ? "whole numbers" : "numbers", node.kind()));
    }
}
