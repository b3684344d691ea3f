package org.cnnzoo.build.kernel;

import org.cnnzoo.network.Window;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** A {@link Window} in the form that is saved with a model, and the padding it asks for. */
final class SlidingWindow implements java.io.Serializable {
    private static final long serialVersionUID = 1L;

    int kH;
    int kW;
    int sH;
    int sW;
    int dH;
    int dW;
    int top;
    int bottom;
    int left;
    int right;
    boolean ceil;

    SlidingWindow() {} // for JSON

    SlidingWindow(Window window) {
        kH = window.kernel().height();
        kW = window.kernel().width();
        sH = window.stride().height();
        sW = window.stride().width();
        dH = window.dilation().height();
        dW = window.dilation().width();
        top = window.padding().top();
        bottom = window.padding().bottom();
        left = window.padding().left();
        right = window.padding().right();
        ceil = window.ceil();
    }

    /** Rows that the taps span. */
    int reachH() {
        return (kH - 1) * dH + 1;
    }

    /** Columns that the taps span. */
    int reachW() {
        return (kW - 1) * dW + 1;
    }

    /** Whether ND4J's operations can do the padding themselves. */
    boolean symmetric() {
        return top == bottom && left == right && !ceil;
    }

    boolean padded() {
        return top + bottom + left + right > 0 || ceil;
    }

    long outH(long in) {
        return Window.count(in, top, bottom, reachH(), sH, ceil);
    }

    long outW(long in) {
        return Window.count(in, left, right, reachW(), sW, ceil);
    }

    /** Rows of the padded input that windows reach, at least those of the input itself. */
    private long reachH(long in) {
        return Math.max(top + in, (outH(in) - 1) * sH + reachH());
    }

    private long reachW(long in) {
        return Math.max(left + in, (outW(in) - 1) * sW + reachW());
    }

    /** x [N, C, H, W] with borders of {@code value}, as far as windows reach. */
    INDArray padded(INDArray x, double value) {
        INDArray padded =
                Nd4j.valueArrayOf(
                        new long[] {x.size(0), x.size(1), reachH(x.size(2)), reachW(x.size(3))},
                        value,
                        x.dataType());
        inner(padded, x).assign(x);
        return padded;
    }

    /** The part of a padded array where the input stood: a view. */
    INDArray inner(INDArray padded, INDArray x) {
        INDArrayIndex all = NDArrayIndex.all();
        return padded.get(
                all,
                all,
                NDArrayIndex.interval(top, top + x.size(2)),
                NDArrayIndex.interval(left, left + x.size(3)));
    }
}
