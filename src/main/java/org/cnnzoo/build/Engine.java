package org.cnnzoo.build;

import org.nd4j.linalg.api.ndarray.INDArray;

/** What does a model's arithmetic on the graph's flat vectors. */
public interface Engine {
    /** See {@link Model#forwardBackward}. */
    Step forwardBackward(INDArray images, INDArray targets, long iteration);

    /** See {@link Model#logits}. */
    INDArray logits(INDArray images);
}
