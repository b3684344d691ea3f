package org.cnnzoo.build.kernel;

import org.cnnzoo.network.LocalResponseNorm;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Local response normalisation over channels, y = x s^-beta with s = k + factor sum x^2 over the
 * window, size / 2 channels before and (size - 1) / 2 behind.
 */
public final class LrnKernel implements Kernel {
    private static final long serialVersionUID = 1L;

    private int size;
    private double factor;
    private double beta;
    private double k;

    LrnKernel() {} // for JSON

    public LrnKernel(LocalResponseNorm norm) {
        size = norm.size();
        factor = norm.sumFactor();
        beta = norm.beta();
        k = norm.k();
    }

    @Override
    public INDArray forward(INDArray x, Pass pass) {
        INDArray y = pass.output(x.shape());
        INDArray power = Transforms.pow(sums(x), -beta, false);
        return Nd4j.getExecutioner()
                .exec(
                        new org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.MulOp(
                                x, power, y))[0];
    }

    @Override
    public INDArray backward(INDArray x, INDArray dy, Pass pass) {
        // dx = dy s^-b - 2 b factor x sum over windows that hold x of (dy x s^(-b-1))
        INDArray s = sums(x);
        INDArray power = Transforms.pow(s, -beta, true);
        INDArray inner = dy.mul(x).muli(power).divi(s);
        INDArray spread = window(inner, (size - 1) / 2, size / 2);
        INDArray dx = pass.inputGradient(x.shape());
        dx.assign(dy).muli(power);
        return dx.subi(spread.muli(x).muli(2 * beta * factor));
    }

    private INDArray sums(INDArray x) {
        return window(x.mul(x), size / 2, (size - 1) / 2).muli(factor).addi(k);
    }

    /** Sums over {@code before} channels before each one to {@code after} behind it. */
    private static INDArray window(INDArray values, int before, int after) {
        INDArray sum = values.dup('c');
        long channels = values.size(1);
        for (int shift = -before; shift <= after; shift++) {
            long from = Math.max(0, -shift);
            long to = Math.min(channels, channels - shift);
            if (shift != 0 && from < to) {
                sum.get(NDArrayIndex.all(), NDArrayIndex.interval(from, to))
                        .addi(
                                values.get(
                                        NDArrayIndex.all(),
                                        NDArrayIndex.interval(from + shift, to + shift)));
            }
        }
        return sum;
    }
}
