package org.cnnzoo.build.kernel;

import org.cnnzoo.network.GlobalPool;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** Mean or maximum over all pixels, [N, C, H, W] to [N, C, 1, 1]. */
public final class GlobalPoolKernel implements Kernel {
    private static final long serialVersionUID = 1L;

    private boolean max;

    GlobalPoolKernel() {} // for JSON

    public GlobalPoolKernel(GlobalPool pool) {
        max = pool.max();
    }

    @Override
    public INDArray forward(INDArray x, Pass pass) {
        INDArray y = pass.output(x.size(0), x.size(1), 1, 1);
        INDArray flat = y.reshape('c', x.size(0), x.size(1));
        if (max) {
            flat.assign(x.max(2, 3));
        } else {
            x.mean(flat, 2, 3);
        }
        return y;
    }

    @Override
    public INDArray backward(INDArray x, INDArray dy, Pass pass) {
        INDArray dx = pass.inputGradient(x.shape());
        if (max) {
            int h = (int) x.size(2);
            int w = (int) x.size(3);
            Nd4j.exec(
                    DynamicCustomOp.builder("maxpool2d_bp")
                            .addInputs(x, dy)
                            .addOutputs(dx)
                            .addIntegerArguments(h, w, h, w, 0, 0, 1, 1, 0, 0, 0)
                            .build());
            return dx;
        }
        INDArray share = dy.div(x.size(2) * x.size(3)).reshape('c', x.size(0), x.size(1), 1, 1);
        return dx.assign(share.broadcast(x.shape()));
    }
}
