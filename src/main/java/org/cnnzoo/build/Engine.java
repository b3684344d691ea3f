package org.cnnzoo.build;

import org.nd4j.linalg.api.ndarray.INDArray;

/** What does a model's arithmetic on the graph's flat vectors. */
public interface Engine {
    /** {@code onednn} or {@code nd4j}. */
    String name();

    /** See {@link Model#forwardBackward}. */
    Step forwardBackward(INDArray images, INDArray targets, long iteration);

    /** Says that parameters may be other ones from now on than those of the last logits. */
    default void parametersMayChange() {}

    /** See {@link Model#logits}. */
    INDArray logits(INDArray images);

    /** Has a timer hear of every part of a pass from now on, if the engine knows its parts. */
    default void setTimer(CallTimer timer) {}
}
