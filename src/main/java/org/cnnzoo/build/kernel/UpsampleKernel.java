package org.cnnzoo.build.kernel;

import org.cnnzoo.network.Upsample;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Each pixel repeated. */
public final class UpsampleKernel implements Kernel {
    private static final long serialVersionUID = 1L;

    private int factorH;
    private int factorW;

    UpsampleKernel() {} // for JSON

    public UpsampleKernel(Upsample upsample) {
        factorH = upsample.factor().height();
        factorW = upsample.factor().width();
    }

    @Override
    public INDArray forward(INDArray x, Pass pass) {
        INDArray y = pass.output(x.size(0), x.size(1), x.size(2) * factorH, x.size(3) * factorW);
        for (int i = 0; i < factorH; i++) {
            for (int j = 0; j < factorW; j++) {
                phase(y, i, j).assign(x);
            }
        }
        return y;
    }

    @Override
    public INDArray backward(INDArray x, INDArray dy, Pass pass) {
        INDArray dx = pass.inputGradient(x.shape()).assign(0);
        for (int i = 0; i < factorH; i++) {
            for (int j = 0; j < factorW; j++) {
                dx.addi(phase(dy, i, j));
            }
        }
        return dx;
    }

    /** Every factor-th pixel from (i, j) on. */
    private INDArray phase(INDArray y, int i, int j) {
        INDArrayIndex all = NDArrayIndex.all();
        return y.get(
                all,
                all,
                NDArrayIndex.interval(i, factorH, y.size(2)),
                NDArrayIndex.interval(j, factorW, y.size(3)));
    }
}
