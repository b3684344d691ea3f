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

    /** Nanoseconds that each node took in one pass; empty where that isn't measured. */
    default java.util.Map<String, Long> profile(INDArray images, boolean training) {
        return java.util.Map.of();
    }
}
