package org.cnnzoo.train;

/**
 * How strongly each role of parameter is pulled to zero; running statistics never are.
 *
 * @param weights of convolutions and dense layers, 0 or more
 * @param biases of convolutions and dense layers, 0 or more
 * @param norms scale of normalisations, 0 or more
 * @param shifts of normalisations: their biases
 */
public record WeightDecay(double weights, double biases, double norms, double shifts) {
    /** None at all. */
    public static final WeightDecay NONE = new WeightDecay(0, 0, 0, 0);

    public WeightDecay {
        Require.atLeast("weight-decay", weights, 0);
        Require.atLeast("bias-weight-decay", biases, 0);
        Require.atLeast("norm-weight-decay", norms, 0);
        Require.atLeast("norm-weight-decay", shifts, 0);
    }

    /** The same for all that is trained, as {@code torch.optim} and torchvision do by default. */
    public static WeightDecay ofAll(double decay) {
        return new WeightDecay(decay, decay, decay, decay);
    }

    /**
     * The same but for whatever is called bias, shifts too, as torchvision's {@code "bias"} key.
     */
    public WeightDecay withBiases(double decay) {
        return new WeightDecay(weights, decay, norms, decay);
    }

    /** The same but for normalisations. */
    public WeightDecay withNorms(double decay) {
        return new WeightDecay(weights, biases, decay, decay);
    }
}
