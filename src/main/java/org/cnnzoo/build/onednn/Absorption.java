package org.cnnzoo.build.onednn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cnnzoo.build.onednn.Emitter.PostOp;
import org.cnnzoo.network.Activate;
import org.cnnzoo.network.BatchNorm;
import org.cnnzoo.network.Conv2d;
import org.cnnzoo.network.Dropout;
import org.cnnzoo.network.Flatten;
import org.cnnzoo.network.Merge;
import org.cnnzoo.network.Network;
import org.cnnzoo.network.Node;
import org.cnnzoo.spec.Join;
import org.jspecify.annotations.Nullable;

/**
 * Inference's convolutions take over what follows them, as far as that goes: batch normalisation,
 * the sum with an array that nobody reads after it, an activation.
 */
final class Absorption {
    private final Emitter emitter;
    private final Network network;
    private final Fusion fusion;
    private final Map<String, Value> values;
    private final Map<String, String> absorbed = new HashMap<>();
    private final Map<String, Integer> reads = new HashMap<>();

    /**
     * @param values what nodes gave so far
     */
    Absorption(Emitter emitter, Network network, Fusion fusion, Map<String, Value> values) {
        this.emitter = emitter;
        this.network = network;
        this.fusion = fusion;
        this.values = values;
    }

    /** The convolution that does a node's work, if one does. */
    Optional<String> by(Node node) {
        return Optional.ofNullable(absorbed.get(node.name()));
    }

    /** Notes that a node has read its inputs. */
    void hasRead(Node node) {
        node.inputs().forEach(name -> reads.merge(name, 1, Integer::sum));
    }

    /** The unit of a convolution and of all that it takes over. */
    Unit unit(Node node, Conv2d conv) {
        Node last = node;
        Node norm = null;
        Value onto = null;
        List<PostOp> after = new ArrayList<>();
        Optional<Node> next = fusion.onlyReader(last);
        if (next.isPresent() && next.get().operation() instanceof BatchNorm) {
            norm = next.get();
            last = absorb(norm, node);
            next = fusion.onlyReader(last);
        }
        if (next.isPresent() && isSum(next.get())) {
            onto = overwritable(next.get(), last);
            if (onto != null) {
                after.add(PostOp.SUM);
                last = absorb(next.get(), node);
                next = fusion.onlyReader(last);
            }
        }
        if (next.isPresent() && next.get().operation() instanceof Activate activate) {
            Optional<Eltwise> function = Eltwise.of(activate.activation());
            if (function.isPresent()) {
                after.add(function.get().postOp());
                absorb(next.get(), node);
            }
        }
        return new ConvolutionUnit(emitter, node, conv, after, norm, onto);
    }

    private Node absorb(Node other, Node by) {
        absorbed.put(other.name(), by.name());
        return other;
    }

    private static boolean isSum(Node node) {
        return node.operation() instanceof Merge merge
                && merge.join() == Join.ADD
                && node.inputs().size() == 2;
    }

    /** The sum's other array, if it is there already and nobody reads it after the sum. */
    private @Nullable Value overwritable(Node sum, Node own) {
        int other = sum.inputs().get(0).equals(own.name()) ? 1 : 0;
        String name = sum.inputs().get(other);
        Value value = values.get(name);
        boolean last =
                reads.getOrDefault(name, 0) == fusion.readers(name) - 1
                        && !fusion.isOutput(name)
                        && !name.equals(Network.INPUT)
                        && !fusion.mayBeShared(name)
                        && fresh(name);
        return value != null && last && !name.equals(own.name()) ? value : null;
    }

    /** Whether an array's memory is its own alone: not a view of one that others may read. */
    private boolean fresh(String name) {
        if (absorbed.containsKey(name)) {
            return true; // a convolution's output, and the only one under this name
        }
        Node node = network.node(name);
        return !(node.operation() instanceof Dropout || node.operation() instanceof Flatten);
    }
}
