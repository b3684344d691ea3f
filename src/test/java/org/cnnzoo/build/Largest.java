package org.cnnzoo.build;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The largest size of numbers, which ND4J's own reduction takes past one that is none. */
public final class Largest {
    private Largest() {}

    /** NaN if there is one. */
    public static double of(INDArray values) {
        double largest = 0;
        for (double value : values.castTo(DataType.DOUBLE).ravel().toDoubleVector()) {
            largest = Math.max(largest, Math.abs(value)); // NaN stays
        }
        return largest;
    }

    /** The largest difference; NaN if either has one. */
    public static double difference(INDArray one, INDArray other) {
        return of(one.castTo(DataType.DOUBLE).sub(other.castTo(DataType.DOUBLE)));
    }
}
