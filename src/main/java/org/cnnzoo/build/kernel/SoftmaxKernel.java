package org.cnnzoo.build.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Softmax over the channels at each pixel. */
public final class SoftmaxKernel implements Kernel {
    private static final long serialVersionUID = 1L;

    @Override
    public INDArray forward(INDArray x, Pass pass) {
        return softmax(x, pass.output(x.shape()));
    }

    @Override
    public INDArray backward(INDArray x, INDArray dy, Pass pass) {
        INDArray y = softmax(x, pass.inputGradient(x.shape()));
        INDArray mean = y.mul(dy).sum(true, 1);
        return y.muli(dy.sub(mean.broadcast(x.shape())));
    }

    private static INDArray softmax(INDArray x, INDArray y) {
        INDArray highest = x.max(true, 1);
        y.assign(x).subi(highest.broadcast(x.shape()));
        Transforms.exp(y, false);
        return y.divi(y.sum(true, 1).broadcast(x.shape()));
    }
}
