package org.cnnzoo.build.kernel;

import java.util.List;
import org.cnnzoo.network.GroupNorm;
import org.cnnzoo.network.Shape;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Group normalisation: mean and variance over H, W and the channels of a group. */
public final class GroupNormKernel implements Kernel {
    private static final long serialVersionUID = 1L;

    private int channels;
    private int groups;
    private double eps;

    GroupNormKernel() {} // for JSON

    public GroupNormKernel(GroupNorm norm, Shape input) {
        channels = input.channels();
        groups = norm.groups();
        eps = norm.eps();
    }

    @Override
    public List<Slot> slots() {
        return List.of(Slot.trained("weight", channels), Slot.trained("bias", channels));
    }

    @Override
    public INDArray forward(INDArray x, Pass pass) {
        INDArray y = pass.output(x.shape());
        y.assign(Standardised.of(rows(x), 1, eps).values().reshape('c', x.shape()));
        return y.muli(Channels.spread(pass.weight("weight"), x))
                .addi(Channels.spread(pass.weight("bias"), x));
    }

    @Override
    public INDArray backward(INDArray x, INDArray dy, Pass pass) {
        Standardised standardised = Standardised.of(rows(x), 1, eps);
        INDArray hat = standardised.values().reshape('c', x.shape());
        Channels.sum(dy.mul(hat), pass.gradient("weight"));
        Channels.sum(dy, pass.gradient("bias"));
        INDArray dHat = dy.mul(Channels.spread(pass.weight("weight"), x));
        INDArray dx = standardised.gradient(rows(dHat));
        return pass.inputGradient(x.shape()).assign(dx.reshape('c', x.shape()));
    }

    private INDArray rows(INDArray x) {
        return x.reshape('c', x.size(0) * groups, x.length() / (x.size(0) * groups));
    }

    /**
     * Values with mean 0 and variance 1 along a dimension.
     *
     * @param deviation what they were divided by
     */
    record Standardised(INDArray values, INDArray deviation, int dimension) {

        static Standardised of(INDArray x, int dimension, double eps) {
            INDArray centred = x.sub(x.mean(true, dimension).broadcast(x.shape()));
            INDArray deviation =
                    Transforms.sqrt(centred.mul(centred).mean(true, dimension).addi(eps), false);
            return new Standardised(
                    centred.divi(deviation.broadcast(x.shape())), deviation, dimension);
        }

        /** The gradient with respect to what was standardised. */
        INDArray gradient(INDArray d) {
            INDArray mean = d.mean(true, dimension);
            INDArray along = d.mul(values).mean(true, dimension);
            return d.sub(mean.broadcast(d.shape()))
                    .subi(values.mul(along.broadcast(d.shape())))
                    .divi(deviation.broadcast(d.shape()));
        }
    }
}
