package org.cnnzoo.build.onednn;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cnnzoo.network.Activate;
import org.cnnzoo.network.BatchNorm;
import org.cnnzoo.network.Conv2d;
import org.cnnzoo.network.Dense;
import org.cnnzoo.network.Dropout;
import org.cnnzoo.network.Flatten;
import org.cnnzoo.network.Merge;
import org.cnnzoo.network.Network;
import org.cnnzoo.network.Node;
import org.cnnzoo.network.Operation;
import org.cnnzoo.spec.Join;

/**
 * Which nodes the operation before them does besides its own work: activations; in inference batch
 * normalisation behind a convolution, and the sum of a residual.
 */
final class Fusion {
    private final Map<String, Node> byName = new HashMap<>();
    private final Map<String, Integer> readers = new HashMap<>();
    private final Set<String> outputs = new HashSet<>();
    private final Map<String, Eltwise> functionOfProducer = new HashMap<>();
    private final Map<String, String> producerOfActivation = new HashMap<>();
    private final Map<String, Node> onlyReader = new HashMap<>();

    Fusion(Network network, List<Node> nodes, boolean training) {
        nodes.forEach(node -> byName.put(node.name(), node));
        nodes.forEach(node -> node.inputs().forEach(name -> readers.merge(name, 1, Integer::sum)));
        for (Node node : nodes) {
            for (String name : node.inputs()) {
                if (readers.get(name) == 1) {
                    onlyReader.put(name, node);
                }
            }
        }
        outputs.add(network.output());
        network.heads().forEach(head -> outputs.add(head.output()));
        for (Node node : nodes) {
            if (node.operation() instanceof Activate activate) {
                Optional<Eltwise> function = Eltwise.of(activate.activation());
                Node producer = byName.get(node.inputs().get(0));
                if (function.isPresent()
                        && producer != null
                        && readBy(node, producer)
                        && fits(producer.operation(), function.get(), training)) {
                    functionOfProducer.put(producer.name(), function.get());
                    producerOfActivation.put(node.name(), producer.name());
                }
            }
        }
    }

    /** Whether nobody but one node reads what another gives. */
    private boolean readBy(Node reader, Node producer) {
        return readers.getOrDefault(producer.name(), 0) == 1
                && !outputs.contains(producer.name())
                && reader.inputs().contains(producer.name());
    }

    private static boolean fits(Operation producer, Eltwise function, boolean training) {
        if (producer instanceof BatchNorm) {
            return function.isRelu();
        }
        // Going backward only the output is there
        return freshOutput(producer) && (!training || function.fromOutput());
    }

    /** Whether an operation's output is new memory that its own backward pass doesn't read. */
    private static boolean freshOutput(Operation operation) {
        return operation instanceof Conv2d
                || operation instanceof Dense
                || operation instanceof BatchNorm
                || (operation instanceof Merge merge && merge.join() == Join.ADD);
    }

    /** The only node that reads what this one gives, if there is just one. */
    Optional<Node> onlyReader(Node node) {
        return outputs.contains(node.name())
                ? Optional.empty()
                : Optional.ofNullable(onlyReader.get(node.name()));
    }

    /** How many nodes read what that one gives. */
    int readers(String name) {
        return readers.getOrDefault(name, 0);
    }

    /**
     * Whether another name may stand for the same memory: operations that do nothing give theirs.
     */
    boolean mayBeShared(String name) {
        return byName.values().stream()
                .anyMatch(
                        node ->
                                node.inputs().contains(name)
                                        && (node.operation() instanceof Dropout
                                                || node.operation() instanceof Flatten));
    }

    /** Whether it is an output of the network. */
    boolean isOutput(String name) {
        return outputs.contains(name);
    }

    /** The node that does this activation's work, if one does. */
    Optional<String> producerOf(Node activation) {
        return Optional.ofNullable(producerOfActivation.get(activation.name()));
    }

    /** The activation that a node does besides its own work. */
    Optional<Eltwise> activationOf(Node producer) {
        return Optional.ofNullable(functionOfProducer.get(producer.name()));
    }

    /** Whether an activation may write over its input. */
    boolean mayOverwrite(Node activation) {
        Node producer = byName.get(activation.inputs().get(0));
        return producer != null
                && readBy(activation, producer)
                && freshOutput(producer.operation());
    }
}
