package org.cnnzoo.build.kernel;

import java.util.List;
import org.cnnzoo.network.LayerNorm;
import org.cnnzoo.network.Shape;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Layer normalisation over the channels at each pixel. */
public final class LayerNormKernel implements Kernel {
    private static final long serialVersionUID = 1L;

    private int channels;
    private double eps;

    LayerNormKernel() {} // for JSON

    public LayerNormKernel(LayerNorm norm, Shape input) {
        channels = input.channels();
        eps = norm.eps();
    }

    @Override
    public List<Slot> slots() {
        return List.of(Slot.trained("weight", channels), Slot.trained("bias", channels));
    }

    @Override
    public INDArray forward(INDArray x, Pass pass) {
        INDArray y = pass.output(x.shape());
        y.assign(GroupNormKernel.Standardised.of(x, 1, eps).values());
        return y.muli(Channels.spread(pass.weight("weight"), x))
                .addi(Channels.spread(pass.weight("bias"), x));
    }

    @Override
    public INDArray backward(INDArray x, INDArray dy, Pass pass) {
        GroupNormKernel.Standardised standardised = GroupNormKernel.Standardised.of(x, 1, eps);
        Channels.sum(dy.mul(standardised.values()), pass.gradient("weight"));
        Channels.sum(dy, pass.gradient("bias"));
        INDArray dHat = dy.mul(Channels.spread(pass.weight("weight"), x));
        return pass.inputGradient(x.shape()).assign(standardised.gradient(dHat));
    }
}
