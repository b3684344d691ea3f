package org.cnnzoo.network;

/**
 * Bytes that training takes on the oneDNN engine, in 32-bit numbers; the JVM's own come on top.
 *
 * @param parameters parameters and running statistics
 * @param gradients one number for each of them
 * @param updater what the optimiser keeps: one number for each of them with momentum
 * @param activations the input and what the backward pass reads of the forward one, for the whole
 *     batch; an activation that shares its input's memory counts once
 * @param workspace gradients of activations, copies of weights in another layout: what a step needs
 *     besides, at the moment when it needs most
 */
public record Memory(
        long parameters, long gradients, long updater, long activations, long workspace) {
    private static final long BYTES = 4;

    /** The memory of a network at a batch size, trained by SGD with momentum. */
    public static Memory of(Network network, int batch) {
        long stored = BYTES * (network.parameters() + network.nonTrainable());
        ArrayPlan.Bytes arrays = ArrayPlan.of(network, batch);
        return new Memory(stored, stored, stored, arrays.kept(), arrays.peak() - arrays.kept());
    }

    /** Bytes of one layer's output. */
    public static long activations(Node node, int batch) {
        return Math.multiplyExact(BYTES * batch, node.output().elements());
    }

    public long total() {
        return parameters + gradients + updater + activations + workspace;
    }
}
