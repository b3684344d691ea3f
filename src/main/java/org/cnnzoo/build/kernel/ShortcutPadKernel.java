package org.cnnzoo.build.kernel;

import org.cnnzoo.network.Shape;
import org.cnnzoo.network.ShortcutPad;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Every stride-th pixel, then zero channels behind the others. */
public final class ShortcutPadKernel implements Kernel {
    private static final long serialVersionUID = 1L;

    private int channels;
    private int height;
    private int width;
    private int strideH;
    private int strideW;

    ShortcutPadKernel() {} // for JSON

    public ShortcutPadKernel(ShortcutPad pad, Shape input) {
        Shape output = pad.output(java.util.List.of(input));
        channels = output.channels();
        height = output.height();
        width = output.width();
        strideH = pad.stride().height();
        strideW = pad.stride().width();
    }

    @Override
    public INDArray forward(INDArray x, Pass pass) {
        INDArray y = pass.output(x.size(0), channels, height, width).assign(0);
        front(y, x.size(1)).assign(sampled(x));
        return y;
    }

    @Override
    public INDArray backward(INDArray x, INDArray dy, Pass pass) {
        INDArray dx = pass.inputGradient(x.shape()).assign(0);
        sampled(dx).assign(front(dy, x.size(1)));
        return dx;
    }

    private static INDArray front(INDArray y, long count) {
        return y.get(NDArrayIndex.all(), NDArrayIndex.interval(0, count));
    }

    private INDArray sampled(INDArray x) {
        return x.get(
                NDArrayIndex.all(),
                NDArrayIndex.all(),
                NDArrayIndex.interval(0, strideH, x.size(2)),
                NDArrayIndex.interval(0, strideW, x.size(3)));
    }
}
