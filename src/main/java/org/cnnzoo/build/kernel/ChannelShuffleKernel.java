package org.cnnzoo.build.kernel;

import org.cnnzoo.network.ChannelShuffle;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Interleaves groups of channels. */
public final class ChannelShuffleKernel implements Kernel {
    private static final long serialVersionUID = 1L;

    private int groups;

    ChannelShuffleKernel() {} // for JSON

    public ChannelShuffleKernel(ChannelShuffle shuffle) {
        groups = shuffle.groups();
    }

    @Override
    public INDArray forward(INDArray x, Pass pass) {
        return transposed(x, pass.output(x.shape()), groups);
    }

    @Override
    public INDArray backward(INDArray x, INDArray dy, Pass pass) {
        return transposed(dy, pass.inputGradient(x.shape()), (int) x.size(1) / groups);
    }

    private static INDArray transposed(INDArray from, INDArray to, long rows) {
        long columns = from.size(1) / rows;
        long pixels = from.size(2) * from.size(3);
        to.reshape('c', from.size(0), columns, rows, pixels)
                .assign(from.reshape('c', from.size(0), rows, columns, pixels).permute(0, 2, 1, 3));
        return to;
    }
}
