package org.cnnzoo.build;

import org.cnnzoo.build.kernel.Lasting;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Softmax cross-entropy of logits against rows of targets, averaged over the batch and times the
 * head's weight. Unlike Deeplearning4j's own, it is exact for large logits, its gradient is of the
 * mean, and it keeps the logits of its last batch.
 */
final class CrossEntropy implements ILossFunction {
    private static final long serialVersionUID = 1L;

    private double weight = 1;
    private transient @Nullable INDArray logits;

    CrossEntropy() {} // for JSON

    CrossEntropy(double weight) {
        this.weight = weight;
    }

    /** The last logits whose gradient was asked for, [N, classes]. */
    INDArray logits() {
        return java.util.Objects.requireNonNull(logits);
    }

    /** The sum over the batch: Deeplearning4j divides it by the batch's size. */
    @Override
    public double computeScore(
            INDArray labels,
            INDArray logits,
            IActivation identity,
            @Nullable INDArray mask,
            boolean average) {
        double sum = computeScoreArray(labels, logits, identity, mask).sumNumber().doubleValue();
        return average ? sum / logits.size(0) : sum;
    }

    @Override
    public INDArray computeScoreArray(
            INDArray labels, INDArray logits, IActivation identity, @Nullable INDArray mask) {
        return logSoftmax(logits).muli(labels).sum(true, 1).muli(-weight);
    }

    @Override
    public INDArray computeGradient(
            INDArray labels, INDArray logits, IActivation identity, @Nullable INDArray mask) {
        this.logits = Lasting.copy(logits);
        INDArray softmax = Transforms.exp(logSoftmax(logits), false);
        // rows that sum to more or less than 1 are weighted: class weights
        INDArray sums = labels.sum(true, 1);
        return softmax.muliColumnVector(sums).subi(labels).muli(weight / logits.size(0));
    }

    @Override
    public Pair<Double, INDArray> computeGradientAndScore(
            INDArray labels,
            INDArray logits,
            IActivation identity,
            @Nullable INDArray mask,
            boolean average) {
        return new Pair<>(
                computeScore(labels, logits, identity, mask, average),
                computeGradient(labels, logits, identity, mask));
    }

    private static INDArray logSoftmax(INDArray logits) {
        INDArray shifted = logits.sub(logits.max(true, 1).broadcast(logits.shape()));
        INDArray logSum = Transforms.log(Transforms.exp(shifted, true).sum(true, 1), false);
        return shifted.subi(logSum.broadcast(logits.shape()));
    }

    @Override
    public String name() {
        return "CrossEntropy";
    }
}
