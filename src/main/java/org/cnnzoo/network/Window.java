package org.cnnzoo.network;

import org.cnnzoo.spec.Padding;
import org.cnnzoo.spec.Size;

/**
 * A window that slides over maps.
 *
 * @param padding pixels at each border
 * @param dilation distance of the window's taps
 * @param ceil whether a last window that only partly lies on the input counts
 */
public record Window(
        Size kernel, Size stride, Padding.Explicit padding, Size dilation, boolean ceil) {

    /** The window for an input, with {@code half} and {@code same} turned into pixels. */
    static Window over(
            Shape in, Size kernel, Size stride, Padding padding, Size dilation, boolean ceil) {
        int reachH = (kernel.height() - 1) * dilation.height() + 1;
        int reachW = (kernel.width() - 1) * dilation.width() + 1;
        Padding.Explicit pixels;
        if (padding instanceof Padding.Explicit explicit) {
            pixels = explicit;
        } else if (padding instanceof Padding.Half) {
            int h = (reachH - 1) / 2;
            int w = (reachW - 1) / 2;
            pixels = new Padding.Explicit(h, h, w, w);
        } else {
            int h = same(in.height(), reachH, stride.height());
            int w = same(in.width(), reachW, stride.width());
            pixels = new Padding.Explicit(h / 2, h - h / 2, w / 2, w - w / 2);
        }
        return new Window(kernel, stride, pixels, dilation, ceil);
    }

    private static int same(int in, int reach, int stride) {
        int out = (in + stride - 1) / stride;
        return Math.max(0, (out - 1) * stride + reach - in);
    }

    int outputHeight(int in) {
        return output(
                in,
                padding.top(),
                padding.bottom(),
                (kernel.height() - 1) * dilation.height() + 1,
                stride.height(),
                "high");
    }

    int outputWidth(int in) {
        return output(
                in,
                padding.left(),
                padding.right(),
                (kernel.width() - 1) * dilation.width() + 1,
                stride.width(),
                "wide");
    }

    private int output(int in, int before, int after, int reach, int stride, String side) {
        long out = count(in, before, after, reach, stride, ceil);
        if (out < 1) {
            throw new ShapeMismatch(
                    "a window "
                            + reach
                            + " pixels "
                            + side
                            + " does not fit into "
                            + (in + before + after)
                            + (before + after > 0 ? " (padding included)" : ""));
        }
        return (int) out;
    }

    /**
     * Padding below and to the right, as much as the last window needs: with {@link #ceil} it may
     * reach further than the padding that was asked for.
     */
    public Padding.Explicit reached(Shape in, Shape out) {
        int high = reach(out.height(), kernel.height(), stride.height(), dilation.height());
        int wide = reach(out.width(), kernel.width(), stride.width(), dilation.width());
        return new Padding.Explicit(
                padding.top(),
                Math.max(padding.bottom(), high - in.height() - padding.top()),
                padding.left(),
                Math.max(padding.right(), wide - in.width() - padding.left()));
    }

    private static int reach(int windows, int kernel, int stride, int dilation) {
        return (windows - 1) * stride + (kernel - 1) * dilation + 1;
    }

    /** How many windows fit along a side of {@code in} pixels; less than 1 if it is too short. */
    public static long count(long in, int before, int after, long reach, int stride, boolean ceil) {
        long room = in + before + after - reach;
        long out = Math.floorDiv(ceil ? room + stride - 1 : room, (long) stride) + 1;
        // as in Caffe and PyTorch, a last window must start on the input or its first padding
        return ceil && (out - 1) * stride >= in + before ? out - 1 : out;
    }

    /** Such as {@code 3x3/2 pad 1}. */
    String describe() {
        String text = kernel.height() + "x" + kernel.width();
        if (stride.height() != 1 || stride.width() != 1) {
            text += "/" + stride;
        }
        if (!padding.none()) {
            text +=
                    padding.symmetric() && padding.top() == padding.left()
                            ? " pad " + padding.top()
                            : " pad ["
                                    + padding.top()
                                    + ", "
                                    + padding.bottom()
                                    + ", "
                                    + padding.left()
                                    + ", "
                                    + padding.right()
                                    + "]";
        }
        if (dilation.height() != 1 || dilation.width() != 1) {
            text += " dilation " + dilation;
        }
        return ceil ? text + " ceil" : text;
    }
}
