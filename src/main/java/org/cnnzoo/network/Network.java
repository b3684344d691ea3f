package org.cnnzoo.network;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A network for one input size: its nodes in an order in which inputs come first.
 *
 * @param name the architecture's
 * @param input [C, H, W]
 * @param features shape at the end of the backbone
 * @param nodes all nodes, auxiliary ones among them
 * @param output the node whose output are the logits, [classes]
 * @param heads auxiliary classifiers
 */
public record Network(
        String name,
        Shape input,
        int classes,
        Shape features,
        List<Node> nodes,
        String output,
        List<AuxiliaryHead> heads) {
    /** The name that stands for the image among a node's inputs. */
    public static final String INPUT = "input";

    public Network {
        nodes = List.copyOf(nodes);
        heads = List.copyOf(heads);
    }

    /**
     * A classifier beside the main one, in training only.
     *
     * @param output the node of its logits
     * @param weight factor of its loss
     */
    public record AuxiliaryHead(String output, double weight) {}

    /** Trainable parameters, auxiliary heads included. */
    public long parameters() {
        return nodes.stream().mapToLong(Node::parameters).sum();
    }

    /** Running statistics. */
    public long nonTrainable() {
        return nodes.stream().mapToLong(Node::nonTrainable).sum();
    }

    /** Multiply-adds for one image in inference: auxiliary heads don't count. */
    public long macs() {
        return nodes.stream().filter(node -> !node.auxiliary()).mapToLong(Node::macs).sum();
    }

    /**
     * The same network with the statistics of some batch normalisations fixed in training.
     *
     * @param which of the nodes that are batch normalisations
     */
    public Network withFrozenNorms(Predicate<Node> which) {
        List<Node> frozen =
                nodes.stream()
                        .map(
                                node ->
                                        node.operation() instanceof BatchNorm norm
                                                        && which.test(node)
                                                ? node.with(norm.freeze())
                                                : node)
                        .toList();
        return new Network(name, input, classes, features, frozen, output, heads);
    }

    /** The arrays of all layers, running statistics among them, by name in the nodes' order. */
    public Map<String, Weight> weights() {
        Map<String, Weight> weights = new LinkedHashMap<>();
        for (Node node : nodes) {
            for (Weight weight : node.weights()) {
                weights.put(node.name() + "." + weight.name(), weight);
            }
        }
        return weights;
    }

    /**
     * The layers whose outputs are classes, the last one and those of auxiliary heads; where
     * pooling follows, as in NiN, the convolution before it and what normalises its output.
     */
    public Set<String> classifiers() {
        Set<String> names = new LinkedHashSet<>();
        Stream.concat(Stream.of(output), heads.stream().map(AuxiliaryHead::output))
                .forEach(end -> addClassifier(node(end), names));
        return names;
    }

    private void addClassifier(Node end, Set<String> names) {
        if (!end.weights().isEmpty()) {
            names.add(end.name());
        }
        boolean last = end.operation() instanceof Conv2d || end.operation() instanceof Dense;
        if (!last && end.inputs().size() == 1 && !end.inputs().get(0).equals(INPUT)) {
            addClassifier(node(end.inputs().get(0)), names);
        }
    }

    /** The node of that name. */
    public Node node(String wanted) {
        return nodes.stream()
                .filter(node -> node.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException("no node " + wanted));
    }

    /** {@code lenet5: 61,706 parameters, 416,520 multiply-adds an image, 10 classes}. */
    public String summary() {
        return String.format(
                Locale.ROOT,
                "%s: %,d parameters, %,d multiply-adds an image, %d classes",
                name(),
                parameters(),
                macs(),
                classes());
    }
}
