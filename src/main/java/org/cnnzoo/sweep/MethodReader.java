package org.cnnzoo.sweep;

import java.util.List;
import java.util.Map;
import org.cnnzoo.errors.Nearest;
import org.cnnzoo.spec.SpecException;
import org.cnnzoo.spec.YamlNode;

/** Reads {@code strategy} and {@code prune}: a word, or a mapping from it to its arguments. */
final class MethodReader {
    private static final List<String> STRATEGIES =
            List.of("grid", "random", "sobol", "latin-hypercube", "tpe");
    private static final List<String> PRUNINGS = List.of("asha", "halving");

    private MethodReader() {}

    static Strategy strategy(YamlNode node, Space space) {
        String name = name("strategy", node, STRATEGIES);
        YamlNode.Mapping arguments = arguments(node, name);
        arguments.onlyKeys(
                "'" + name + "'",
                name.equals("tpe") ? List.of("startup", "candidates") : List.of());
        return switch (name) {
            case "grid" -> grid(space);
            case "random" -> new RandomSearch();
            case "sobol" -> new Sobol();
            case "latin-hypercube" -> new LatinHypercube();
            default ->
                    new Tpe(
                            count(arguments, "startup", Tpe.DEFAULT.startup(), 2),
                            count(arguments, "candidates", Tpe.DEFAULT.candidates(), 1));
        };
    }

    static Pruning pruning(YamlNode node) {
        String name = name("prune", node, PRUNINGS);
        YamlNode.Mapping arguments = arguments(node, name);
        arguments.onlyKeys("'" + name + "'", List.of("min-epochs", "eta"));
        return new Pruning(
                name.equals("asha"),
                count(arguments, "min-epochs", 1, 1),
                count(arguments, "eta", 3, 2));
    }

    private static Grid grid(Space space) {
        for (Parameter parameter : space.parameters()) {
            if (parameter.domain().grid().isEmpty()) {
                throw new SpecException(
                        parameter.where(),
                        "a grid needs to know how many values of '%s' it has; add 'points: N'"
                                .formatted(parameter.path()));
            }
        }
        return new Grid();
    }

    private static String name(String key, YamlNode node, List<String> known) {
        String name;
        if (node instanceof YamlNode.Mapping mapping && mapping.entries().size() == 1) {
            name = mapping.entries().keySet().iterator().next();
        } else {
            name = Nodes.word(key, node);
        }
        if (!known.contains(name)) {
            throw new SpecException(
                    node.where(),
                    "'%s' is one of %s, not '%s'%s"
                            .formatted(
                                    key,
                                    String.join(", ", known),
                                    name,
                                    Nearest.hint(name, known)));
        }
        return name;
    }

    private static YamlNode.Mapping arguments(YamlNode node, String name) {
        return node instanceof YamlNode.Mapping mapping
                ? Nodes.mapping(mapping.require(name, name), "'" + name + "'")
                : new YamlNode.Mapping(Map.of(), node.where());
    }

    private static int count(YamlNode.Mapping arguments, String key, int byDefault, int least) {
        YamlNode node = arguments.get(key);
        return node == null ? byDefault : Math.toIntExact(Nodes.whole(key, node, least));
    }
}
