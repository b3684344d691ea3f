package org.cnnzoo.build.kernel;

import java.util.Arrays;
import org.cnnzoo.network.Dropout;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Dropout of values, channels or whole images. A mask derives from the layer's seed, the step and
 * the position alone, so it is the same however many threads run.
 */
public final class DropoutKernel implements Kernel {
    private static final long serialVersionUID = 1L;

    private double rate;
    private Dropout.Unit unit = Dropout.Unit.VALUE;

    DropoutKernel() {} // for JSON

    public DropoutKernel(Dropout dropout) {
        rate = dropout.rate();
        unit = dropout.unit();
    }

    /** 0 or 1 / (1 - rate) for each unit. */
    private record Mask(INDArray factors) {}

    @Override
    public INDArray forward(INDArray x, Pass pass) {
        INDArray y = pass.output(x.shape()).assign(x);
        if (!pass.training() || rate == 0) {
            return y;
        }
        long[] shape = maskShape(x);
        INDArray factors = Lasting.array(x.dataType(), shape);
        factors.assign(Nd4j.createFromArray(draw(units(x), pass)).reshape('c', shape));
        pass.note(new Mask(factors));
        return apply(y, factors);
    }

    @Override
    public INDArray backward(INDArray x, INDArray dy, Pass pass) {
        INDArray dx = pass.inputGradient(x.shape()).assign(dy);
        return rate == 0 ? dx : apply(dx, pass.noted(Mask.class).factors());
    }

    private static INDArray apply(INDArray values, INDArray factors) {
        return values.muli(
                factors.length() == values.length()
                        ? factors.reshape('c', values.shape())
                        : factors.broadcast(values.shape()));
    }

    private long[] maskShape(INDArray x) {
        return unit.maskSizes(Arrays.stream(x.shape()).boxed().toList()).stream()
                .mapToLong(Long::longValue)
                .toArray();
    }

    private int units(INDArray x) {
        long units = 1;
        for (long size : maskShape(x)) {
            units *= size;
        }
        return Math.toIntExact(units);
    }

    private float[] draw(int count, Pass pass) {
        float[] mask = new float[count];
        DropoutMask.draw(mask, rate, pass.seed(), pass.iteration());
        return mask;
    }
}
