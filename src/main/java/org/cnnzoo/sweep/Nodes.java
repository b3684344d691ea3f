package org.cnnzoo.sweep;

import java.util.stream.Collectors;
import org.cnnzoo.spec.SpecException;
import org.cnnzoo.spec.YamlNode;

/** YAML values of a sweep's file, read with a message where they aren't right. */
final class Nodes {
    private Nodes() {}

    static YamlNode.Mapping mapping(YamlNode node, String what) {
        if (node instanceof YamlNode.Mapping mapping) {
            return mapping;
        }
        throw new SpecException(node.where(), what + " is a mapping, not " + node.kind());
    }

    static String word(String key, YamlNode node) {
        if (node instanceof YamlNode.Scalar scalar && !scalar.text().isBlank()) {
            return scalar.text();
        }
        throw new SpecException(node.where(), "'" + key + "' is a word, not " + node.kind());
    }

    static long whole(String key, YamlNode node, long least) {
        if (node instanceof YamlNode.Scalar scalar
                && scalar.value() instanceof Long value
                && value >= least
                && value <= Integer.MAX_VALUE) {
            return value;
        }
        throw new SpecException(
                node.where(),
                "'%s' is a whole number of %d or more, not %s".formatted(key, least, node.kind()));
    }

    /** A value as JSON has them; a list as its YAML text. */
    static Object value(YamlNode node) {
        if (node instanceof YamlNode.Scalar scalar && scalar.value() != null) {
            return scalar.value();
        }
        if (node instanceof YamlNode.Sequence) {
            return flow(node);
        }
        throw new SpecException(node.where(), "a value was expected, not " + node.kind());
    }

    /** A node in one line, the same for the same content. */
    static String flow(YamlNode node) {
        if (node instanceof YamlNode.Scalar scalar) {
            return scalar.text();
        }
        if (node instanceof YamlNode.Sequence sequence) {
            return sequence.items().stream()
                    .map(Nodes::flow)
                    .collect(Collectors.joining(", ", "[", "]"));
        }
        return ((YamlNode.Mapping) node)
                .entries().entrySet().stream()
                        .map(e -> e.getKey() + ": " + flow(e.getValue().value()))
                        .sorted()
                        .collect(Collectors.joining(", ", "{", "}"));
    }
}
