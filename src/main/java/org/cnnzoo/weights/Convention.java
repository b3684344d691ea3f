package org.cnnzoo.weights;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.network.Network;
import org.cnnzoo.network.Node;
import org.cnnzoo.network.Weight;
import org.cnnzoo.spec.SetValue;

/**
 * A library's names for the weights of a family of networks, and what its networks expect.
 *
 * @param name {@code torchvision}, {@code timm}, or {@code cnn} for our own
 * @param rules the first that matches a layer names it; none at all: our own names
 * @param settings values of the architecture file that its weights were trained with
 * @param preparation what its images went through, where the mapping says so
 */
public record Convention(
        String name,
        List<NameRule> rules,
        List<SetValue> settings,
        Optional<ImagePreparation> preparation) {
    /** Our own names: the layers' paths. */
    public static final Convention OWN =
            new Convention("cnn", List.of(), List.of(), Optional.empty());

    public Convention {
        rules = List.copyOf(rules);
        settings = List.copyOf(settings);
    }

    /**
     * One array of a network under its two names.
     *
     * @param ours such as {@code features.conv1.conv.weight}
     * @param theirs such as {@code conv1.weight}
     * @param layer the node it belongs to
     * @param weight its shape
     */
    public record Named(String ours, String theirs, Node layer, Weight weight) {}

    /**
     * Every array of a network with this convention's name for it, in the network's order.
     *
     * @throws BadInput if no rule names a layer, or two arrays get the same name
     */
    public List<Named> names(Network network) {
        List<String> layers = network.nodes().stream().map(Node::name).toList();
        List<Named> named = new ArrayList<>();
        Map<String, String> taken = new LinkedHashMap<>();
        for (Node node : network.nodes()) {
            if (node.weights().isEmpty()) {
                continue;
            }
            String layer = layer(network.name(), node.name(), layers);
            for (Weight weight : node.weights()) {
                String ours = node.name() + "." + weight.name();
                String theirs = layer + "." + weight.name();
                String before = taken.put(theirs, ours);
                if (before != null) {
                    throw new BadInput(
                            "%s's names give %s and %s the same name, %s"
                                    .formatted(name, before, ours, theirs));
                }
                named.add(new Named(ours, theirs, node, weight));
            }
        }
        return named;
    }

    private String layer(String network, String layer, List<String> layers) {
        if (rules.isEmpty()) {
            return layer;
        }
        return rules.stream()
                .flatMap(rule -> rule.apply(layer, layers).stream())
                .findFirst()
                .orElseThrow(
                        () ->
                                new BadInput(
                                        "%s has no name for %s's layer %s: no rule in the mapping"
                                                        .formatted(name, network, layer)
                                                + " matches it"));
    }
}
