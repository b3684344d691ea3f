package org.cnnzoo.build.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;

/** [N, C, H, W] to [N, C H W]. */
public final class ReshapeKernel implements Kernel {
    private static final long serialVersionUID = 1L;

    @Override
    public INDArray forward(INDArray x, Pass pass) {
        INDArray y = pass.output(x.size(0), x.length() / x.size(0));
        y.reshape('c', x.shape()).assign(x);
        return y;
    }

    @Override
    public INDArray backward(INDArray x, INDArray dy, Pass pass) {
        return pass.inputGradient(x.shape()).assign(dy.reshape('c', x.shape()));
    }
}
