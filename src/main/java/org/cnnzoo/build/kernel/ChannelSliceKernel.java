package org.cnnzoo.build.kernel;

import org.cnnzoo.network.ChannelSlice;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** The channels from (inclusive) to (exclusive). */
public final class ChannelSliceKernel implements Kernel {
    private static final long serialVersionUID = 1L;

    private int from;
    private int to;

    ChannelSliceKernel() {} // for JSON

    public ChannelSliceKernel(ChannelSlice slice) {
        from = slice.from();
        to = slice.to();
    }

    @Override
    public INDArray forward(INDArray x, Pass pass) {
        long[] shape = x.shape().clone();
        shape[1] = (long) to - from;
        return pass.output(shape).assign(slice(x));
    }

    @Override
    public INDArray backward(INDArray x, INDArray dy, Pass pass) {
        INDArray dx = pass.inputGradient(x.shape()).assign(0);
        slice(dx).assign(dy);
        return dx;
    }

    private INDArray slice(INDArray x) {
        return x.get(NDArrayIndex.all(), NDArrayIndex.interval(from, to));
    }
}
