package org.cnnzoo.build.kernel;

import java.util.List;
import org.cnnzoo.network.Shape;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Each channel times a trained factor. */
public final class LayerScaleKernel implements Kernel {
    private static final long serialVersionUID = 1L;

    private int channels;

    LayerScaleKernel() {} // for JSON

    public LayerScaleKernel(Shape input) {
        channels = input.channels();
    }

    @Override
    public List<Slot> slots() {
        return List.of(Slot.trained("weight", channels));
    }

    @Override
    public INDArray forward(INDArray x, Pass pass) {
        return pass.output(x.shape()).assign(x).muli(Channels.spread(pass.weight("weight"), x));
    }

    @Override
    public INDArray backward(INDArray x, INDArray dy, Pass pass) {
        Channels.sum(x.mul(dy), pass.gradient("weight"));
        return pass.inputGradient(x.shape())
                .assign(dy)
                .muli(Channels.spread(pass.weight("weight"), x));
    }
}
