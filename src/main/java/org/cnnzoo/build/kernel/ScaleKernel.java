package org.cnnzoo.build.kernel;

import org.cnnzoo.network.Scale;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Every value times a constant. */
public final class ScaleKernel implements Kernel {
    private static final long serialVersionUID = 1L;

    private double factor;

    ScaleKernel() {} // for JSON

    public ScaleKernel(Scale scale) {
        factor = scale.factor();
    }

    @Override
    public INDArray forward(INDArray x, Pass pass) {
        return pass.output(x.shape()).assign(x).muli(factor);
    }

    @Override
    public INDArray backward(INDArray x, INDArray dy, Pass pass) {
        return pass.inputGradient(x.shape()).assign(dy).muli(factor);
    }
}
