package org.cnnzoo.build.kernel;

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
        long[] shape = x.shape().clone();
        int kept =
                switch (unit) {
                    case VALUE -> shape.length;
                    case CHANNEL -> 2;
                    case IMAGE -> 1;
                };
        for (int i = kept; i < shape.length; i++) {
            shape[i] = 1;
        }
        return shape;
    }

    private int units(INDArray x) {
        long units = 1;
        for (long size : maskShape(x)) {
            units *= size;
        }
        return Math.toIntExact(units);
    }

    private float[] draw(int count, Pass pass) {
        long stream = mix(pass.seed() + GOLDEN * pass.iteration());
        float kept = (float) (1 / (1 - rate));
        long threshold = (long) (rate * (1L << 53));
        float[] mask = new float[count];
        for (int i = 0; i < count; i++) {
            mask[i] = mix(stream + GOLDEN * i) >>> 11 < threshold ? 0 : kept;
        }
        return mask;
    }

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    /** SplitMix64's finaliser: a counter becomes a random number (Steele 2014). */
    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }
}
