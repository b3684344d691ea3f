package org.cnnzoo.build;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * One array of a {@link Model} inside its flat vector {@link Model#values()}.
 *
 * @param name path and kind, such as {@code features.0.weight}
 * @param role what the array is for, which decides weight decay and updating
 * @param offset where it starts in the flat vector, in elements
 * @param length how many elements it has
 */
public record Parameter(String name, Role role, long offset, long length) {

    /** Its part of a flat vector [P] laid out as the model's: a live view. */
    public INDArray in(INDArray vector) {
        return vector.get(NDArrayIndex.interval(offset, offset + length));
    }

    /** What a parameter is for. */
    public enum Role {
        /** Weights of convolutions and dense layers. */
        WEIGHT,
        /** Biases of convolutions and dense layers. */
        BIAS,
        /** Scale and shift of a normalisation, slopes and layer scales. */
        NORM,
        /**
         * Running mean or variance: not trained. Its "gradient" is what is to be subtracted from
         * the value after a step, whatever the learning rate.
         */
        RUNNING;

        /** Whether the optimiser trains it. */
        public boolean trainable() {
            return this != RUNNING;
        }
    }
}
