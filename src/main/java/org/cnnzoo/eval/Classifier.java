package org.cnnzoo.eval;

import org.nd4j.linalg.api.ndarray.INDArray;

/** What an evaluation needs of a network; {@code model::logits} is one. */
@FunctionalInterface
public interface Classifier {
    /**
     * Logits in inference mode.
     *
     * @param images [N, C, H, W], only valid during the call
     * @return [N, classes]
     */
    INDArray logits(INDArray images);
}
