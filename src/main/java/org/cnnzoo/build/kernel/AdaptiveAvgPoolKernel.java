package org.cnnzoo.build.kernel;

import org.cnnzoo.network.AdaptiveAvgPool;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Mean over windows that share the input out evenly, as PyTorch's AdaptiveAvgPool2d. */
public final class AdaptiveAvgPoolKernel implements Kernel {
    private static final long serialVersionUID = 1L;

    private int height;
    private int width;

    AdaptiveAvgPoolKernel() {} // for JSON

    public AdaptiveAvgPoolKernel(AdaptiveAvgPool pool) {
        height = pool.size().height();
        width = pool.size().width();
    }

    @Override
    public INDArray forward(INDArray x, Pass pass) {
        INDArray y = pass.output(x.size(0), x.size(1), height, width);
        for (int i = 0; i < height; i++) {
            for (int j = 0; j < width; j++) {
                y.get(
                                NDArrayIndex.all(),
                                NDArrayIndex.all(),
                                NDArrayIndex.point(i),
                                NDArrayIndex.point(j))
                        .assign(cell(x, i, j).mean(2, 3));
            }
        }
        return y;
    }

    @Override
    public INDArray backward(INDArray x, INDArray dy, Pass pass) {
        INDArray dx = pass.inputGradient(x.shape()).assign(0);
        for (int i = 0; i < height; i++) {
            for (int j = 0; j < width; j++) {
                INDArray cell = cell(dx, i, j);
                INDArray share =
                        dy.get(
                                        NDArrayIndex.all(),
                                        NDArrayIndex.all(),
                                        NDArrayIndex.interval(i, i + 1),
                                        NDArrayIndex.interval(j, j + 1))
                                .div(cell.size(2) * cell.size(3));
                cell.addi(share.broadcast(cell.shape()));
            }
        }
        return dx;
    }

    private INDArray cell(INDArray x, int i, int j) {
        return x.get(
                NDArrayIndex.all(),
                NDArrayIndex.all(),
                range(i, height, x.size(2)),
                range(j, width, x.size(3)));
    }

    private static INDArrayIndex range(int index, int count, long size) {
        long start = index * size / count;
        long end = ((index + 1) * size + count - 1) / count;
        return NDArrayIndex.interval(start, end);
    }
}
