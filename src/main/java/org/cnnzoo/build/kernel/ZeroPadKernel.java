package org.cnnzoo.build.kernel;

import org.cnnzoo.network.ZeroPad;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Borders of zeros. */
public final class ZeroPadKernel implements Kernel {
    private static final long serialVersionUID = 1L;

    private int top;
    private int bottom;
    private int left;
    private int right;

    ZeroPadKernel() {} // for JSON

    public ZeroPadKernel(ZeroPad pad) {
        top = pad.padding().top();
        bottom = pad.padding().bottom();
        left = pad.padding().left();
        right = pad.padding().right();
    }

    @Override
    public INDArray forward(INDArray x, Pass pass) {
        INDArray y =
                pass.output(
                                x.size(0),
                                x.size(1),
                                x.size(2) + top + bottom,
                                x.size(3) + left + right)
                        .assign(0);
        inner(y, x).assign(x);
        return y;
    }

    @Override
    public INDArray backward(INDArray x, INDArray dy, Pass pass) {
        return pass.inputGradient(x.shape()).assign(inner(dy, x));
    }

    private INDArray inner(INDArray y, INDArray x) {
        return y.get(
                NDArrayIndex.all(),
                NDArrayIndex.all(),
                NDArrayIndex.interval(top, top + x.size(2)),
                NDArrayIndex.interval(left, left + x.size(3)));
    }
}
