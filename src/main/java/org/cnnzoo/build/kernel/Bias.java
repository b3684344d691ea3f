package org.cnnzoo.build.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** Biases of maps [N, C, H, W] and vectors [N, C]. */
final class Bias {
    private Bias() {}

    /** Adds bias [C] to y in place. */
    static void add(INDArray y, INDArray bias) {
        if (y.rank() == 2) {
            y.addiRowVector(bias);
            return;
        }
        Nd4j.exec(
                DynamicCustomOp.builder("biasadd")
                        .addInputs(y, bias)
                        .addOutputs(y)
                        .addBooleanArguments(true)
                        .build());
    }

    /** Sums dy over all but the channels into {@code gradient} [C]. */
    static void gradient(INDArray dy, INDArray gradient) {
        if (dy.rank() == 2) {
            dy.sum(gradient, 0);
        } else {
            dy.sum(gradient, 0, 2, 3);
        }
    }
}
