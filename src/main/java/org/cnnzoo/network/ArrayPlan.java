package org.cnnzoo.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cnnzoo.spec.ActivationKind;
import org.cnnzoo.spec.Join;

/**
 * Which arrays a training step has at which time, by the rules of the oneDNN engine: outputs that
 * the backward pass reads live until then, an activation shares its input's memory where it can,
 * gradients live from the operation that makes them to the one that reads them, and a convolution
 * has copies of its weights in another layout while it runs.
 */
final class ArrayPlan {
    private static final long FLOAT = 4;
    private static final int BLOCK = 8;

    /** Their derivative follows from their output. */
    private static final Set<ActivationKind> FROM_OUTPUT =
            Set.of(
                    ActivationKind.RELU,
                    ActivationKind.RELU6,
                    ActivationKind.TANH,
                    ActivationKind.SIGMOID);

    private final Network network;
    private final long batch;
    private final int steps;
    private final Map<String, Integer> index = new HashMap<>();
    private final Map<String, List<Node>> readers = new HashMap<>();
    private final Map<String, Integer> arrayOf = new HashMap<>();
    private final List<long[]> arrays = new ArrayList<>(); // bytes, first, last

    private ArrayPlan(Network network, int batch) {
        this.network = network;
        this.batch = batch;
        this.steps = network.nodes().size();
        for (Node node : network.nodes()) {
            index.put(node.name(), index.size());
            node.inputs()
                    .forEach(in -> readers.computeIfAbsent(in, n -> new ArrayList<>()).add(node));
        }
    }

    /**
     * Bytes of arrays, parameters and their gradients left out.
     *
     * @param kept what lives from the forward pass to the backward one
     * @param peak the most at once
     */
    record Bytes(long kept, long peak) {}

    /** The bytes for a batch of so many images. */
    static Bytes of(Network network, int batch) {
        ArrayPlan plan = new ArrayPlan(network, batch);
        plan.network.nodes().forEach(plan::forward);
        plan.network.nodes().forEach(plan::backward);
        // images as they come, and in the engine's layout
        long images = 2 * FLOAT * batch * network.input().elements();
        long[] live = plan.live();
        return new Bytes(images + live[plan.steps], images + Arrays.stream(live).max().orElse(0));
    }

    /** Numbers of one image: oneDNN fills the last block of channels up. */
    private static long elements(Shape shape) {
        long blocks = ((long) shape.channels() + BLOCK - 1) / BLOCK;
        return shape.flat() ? shape.elements() : blocks * BLOCK * shape.height() * shape.width();
    }

    private int mirrored(Node node) {
        return 2 * steps - index.get(node.name());
    }

    private void array(long bytes, int first, int last) {
        arrays.add(new long[] {bytes, first, last});
    }

    private void extend(String name, int until) {
        Integer array = arrayOf.get(name);
        if (array != null) {
            arrays.get(array)[2] = Math.max(arrays.get(array)[2], until);
        }
    }

    private void forward(Node node) {
        int now = index.get(node.name());
        node.inputs().forEach(in -> extend(in, now));
        if (sharesInput(node)) {
            arrayOf.put(node.name(), arrayOf.getOrDefault(node.inputs().get(0), -1));
        } else {
            arrayOf.put(node.name(), arrays.size());
            array(FLOAT * batch * elements(node.output()), now, now);
        }
        if (arrayOf.get(node.name()) < 0) {
            arrayOf.remove(node.name());
        }
        int then = mirrored(node);
        if (readsInputsBack(node)) {
            node.inputs().forEach(in -> extend(in, then));
        }
        if (node.operation() instanceof Activate activate
                && FROM_OUTPUT.contains(activate.activation().kind())
                && !doneByNorm(node)) {
            extend(node.name(), then);
        }
        kept(node, now, then);
        if (node.operation() instanceof Conv2d) {
            array(weights(node), now, now);
        }
    }

    /** What an operation notes for its backward pass besides. */
    private void kept(Node node, int now, int then) {
        long elements = batch * elements(node.output());
        if (node.operation() instanceof Pool pool && pool.max()) {
            array(elements, now, then); // which pixel of the window, a byte
        } else if (node.operation() instanceof Dropout dropout && dropout.rate() > 0) {
            array(FLOAT * elements, now, then);
        } else if (node.operation() instanceof Activate && doneByNorm(node)) {
            array(elements / 8, now, then); // which values were positive, a bit
        } else if (node.operation() instanceof LocalResponseNorm) {
            array(FLOAT * elements, now, then);
        }
    }

    private static long weights(Node node) {
        return FLOAT * node.parameters();
    }

    /** Gradients: of the output from its readers' backward calls to this one's. */
    private void backward(Node node) {
        int now = mirrored(node);
        long bytes = FLOAT * batch * elements(node.output());
        List<Node> consumers = readers.getOrDefault(node.name(), List.of());
        for (Node reader : consumers) {
            boolean sum = reader.operation() instanceof Merge m && m.join() == Join.ADD;
            // A sum hands its own gradient on, and so does a ReLU that batch normalisation does
            if (!sum && !doneByNorm(reader)) {
                array(bytes, mirrored(reader), now);
            }
        }
        if (consumers.size() != 1) {
            array(bytes, now, now); // their sum, or the loss's
        }
        if (node.operation() instanceof Conv2d) {
            // The weights, then their gradient, in the layout that oneDNN wants: one at a time
            array(weights(node), now, now);
        }
    }

    private boolean sharesInput(Node node) {
        if (node.operation() instanceof Flatten) {
            return true;
        }
        if (!(node.operation() instanceof Activate activate)) {
            return false;
        }
        Node producer = producer(node);
        return producer != null
                && readers.get(producer.name()).size() == 1
                && (producer.operation() instanceof Conv2d
                        || producer.operation() instanceof Dense
                        || producer.operation() instanceof BatchNorm
                        || (producer.operation() instanceof Merge merge
                                && merge.join() == Join.ADD))
                && FROM_OUTPUT.contains(activate.activation().kind());
    }

    /** Whether it is a ReLU that the batch normalisation before it does. */
    private boolean doneByNorm(Node node) {
        Node producer = producer(node);
        return node.operation() instanceof Activate activate
                && activate.activation().kind() == ActivationKind.RELU
                && producer != null
                && producer.operation() instanceof BatchNorm
                && readers.get(producer.name()).size() == 1;
    }

    private @org.jspecify.annotations.Nullable Node producer(Node node) {
        Integer at = index.get(node.inputs().get(0));
        return at == null ? null : network.nodes().get(at);
    }

    private boolean readsInputsBack(Node node) {
        Operation operation = node.operation();
        return operation instanceof Conv2d
                || operation instanceof Dense
                || operation instanceof BatchNorm
                || operation instanceof LocalResponseNorm
                || (operation instanceof Merge merge && merge.join() == Join.MULTIPLY)
                || (operation instanceof Activate activate
                        && !FROM_OUTPUT.contains(activate.activation().kind()));
    }

    /** Bytes at each time: node by node forward, a moment between, node by node backward. */
    private long[] live() {
        long[] live = new long[2 * steps + 3];
        for (long[] array : arrays) {
            live[(int) array[1]] += array[0];
            live[(int) array[2] + 1] -= array[0];
        }
        for (int i = 1; i < live.length; i++) {
            live[i] += live[i - 1];
        }
        return live;
    }
}
