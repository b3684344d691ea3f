package org.cnnzoo.build.kernel;

import java.util.List;
import java.util.Objects;
import org.cnnzoo.network.Pool;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Maximum or mean over windows, with any padding and partial last windows. A mean divides as
 * PyTorch does: by the pixels of the window that lie on the input or, where padding is included, on
 * the input or its padding.
 */
public final class PoolKernel implements Kernel {
    private static final long serialVersionUID = 1L;

    private boolean max;
    private boolean includePadding;
    private @Nullable SlidingWindow window;

    PoolKernel() {} // for JSON

    public PoolKernel(Pool pool) {
        max = pool.max();
        includePadding = pool.includePadding();
        window = new SlidingWindow(pool.window());
    }

    private SlidingWindow window() {
        return Objects.requireNonNull(window);
    }

    @Override
    public INDArray forward(INDArray x, Pass pass) {
        SlidingWindow w = window();
        INDArray y = pass.output(x.size(0), x.size(1), w.outH(x.size(2)), w.outW(x.size(3)));
        run(max ? "maxpool2d" : "avgpool2d", List.of(source(x)), y);
        return weighted() ? y.muli(shares(x, y).broadcast(y.shape())) : y;
    }

    @Override
    public INDArray backward(INDArray x, INDArray dy, Pass pass) {
        INDArray source = source(x);
        INDArray d = weighted() ? dy.mul(shares(x, dy).broadcast(dy.shape())) : dy;
        boolean direct = source == x;
        INDArray dSource =
                direct
                        ? pass.inputGradient(x.shape())
                        : Nd4j.createUninitialized(x.dataType(), source.shape(), 'c');
        run(max ? "maxpool2d_bp" : "avgpool2d_bp", List.of(source, d), dSource);
        return direct ? dSource : pass.inputGradient(x.shape()).assign(window().inner(dSource, x));
    }

    private INDArray source(INDArray x) {
        if (!window().padded()) {
            return x;
        }
        return window().padded(x, max ? lowest(x.dataType()) : 0);
    }

    private static double lowest(DataType type) {
        return type == DataType.DOUBLE ? -Double.MAX_VALUE : -Float.MAX_VALUE;
    }

    private boolean weighted() {
        return !max && window().padded();
    }

    /** Window size over counted pixels for each output pixel, [1, 1, H', W']. */
    private INDArray shares(INDArray x, INDArray y) {
        SlidingWindow w = window();
        int h = (int) y.size(2);
        int width = (int) y.size(3);
        double[] shares = new double[h * width];
        for (int i = 0; i < h; i++) {
            long rows = counted(i * w.sH - w.top, w.kH, x.size(2), w.top, w.bottom);
            for (int j = 0; j < width; j++) {
                long columns = counted(j * w.sW - w.left, w.kW, x.size(3), w.left, w.right);
                shares[i * width + j] = (double) w.kH * w.kW / (rows * columns);
            }
        }
        return Nd4j.createFromArray(shares).castTo(x.dataType()).reshape('c', 1, 1, h, width);
    }

    private long counted(int start, int kernel, long size, int before, int after) {
        return includePadding
                ? Math.min(start + kernel, size + after) - Math.max(start, -before)
                : Math.min(start + kernel, size) - Math.max(start, 0);
    }

    private void run(String op, List<INDArray> inputs, INDArray output) {
        SlidingWindow w = window();
        Nd4j.exec(
                DynamicCustomOp.builder(op)
                        .addInputs(inputs.toArray(INDArray[]::new))
                        .addOutputs(output)
                        .addIntegerArguments(w.kH, w.kW, w.sH, w.sW, 0, 0, 1, 1, 0, 0, 0)
                        .build());
    }
}
