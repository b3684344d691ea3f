package org.cnnzoo.network;

/**
 * Bytes that training takes, in 32-bit numbers.
 *
 * @param parameters parameters and running statistics
 * @param gradients one number for each of them
 * @param updater what the optimiser keeps: one number for each parameter with momentum
 * @param activations every layer's output and the input, for the whole batch
 */
public record Memory(long parameters, long gradients, long updater, long activations) {
    private static final long BYTES = 4;

    /** The memory of a network at a batch size, trained by SGD with momentum. */
    public static Memory of(Network network, int batch) {
        long stored = network.parameters() + network.nonTrainable();
        long outputs =
                network.input().elements()
                        + network.nodes().stream().mapToLong(n -> n.output().elements()).sum();
        return new Memory(
                BYTES * stored,
                BYTES * stored,
                BYTES * network.parameters(),
                Math.multiplyExact(BYTES * batch, outputs));
    }

    /** Bytes of one layer's output. */
    public static long activations(Node node, int batch) {
        return Math.multiplyExact(BYTES * batch, node.output().elements());
    }

    public long total() {
        return parameters + gradients + updater + activations;
    }
}
