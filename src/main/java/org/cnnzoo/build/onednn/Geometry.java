package org.cnnzoo.build.onednn;

import java.util.function.ToLongFunction;
import org.cnnzoo.network.Shape;
import org.cnnzoo.network.Window;
import org.cnnzoo.spec.Padding;

/**
 * A window in oneDNN's terms: arrays of height and width; a dilation of 0 is none.
 *
 * @param after padding below and to the right, as much as the last window needs
 */
record Geometry(Ints kernel, Ints strides, Ints dilations, Ints before, Ints after) {
    /** Height and width. */
    record Ints(long height, long width) {
        long[] array() {
            return new long[] {height, width};
        }

        long count() {
            return height * width;
        }
    }

    /**
     * One direction of it.
     *
     * @param step from one element of the window to the next
     */
    record Line(int stride, int step, int before) {
        /** The input's index that an element of an output's window meets; may be outside. */
        int input(int output, int element) {
            return output * stride + element * step - before;
        }
    }

    Line rows() {
        return line(Ints::height);
    }

    Line columns() {
        return line(Ints::width);
    }

    private Line line(ToLongFunction<Ints> side) {
        return new Line(
                Math.toIntExact(side.applyAsLong(strides)),
                Math.toIntExact(side.applyAsLong(dilations)) + 1,
                Math.toIntExact(side.applyAsLong(before)));
    }

    static Geometry of(Window window, Shape in, Shape out) {
        Padding.Explicit reached = window.reached(in, out);
        return new Geometry(
                new Ints(window.kernel().height(), window.kernel().width()),
                new Ints(window.stride().height(), window.stride().width()),
                new Ints(window.dilation().height() - 1, window.dilation().width() - 1),
                new Ints(window.padding().top(), window.padding().left()),
                new Ints(reached.bottom(), reached.right()));
    }

    /** Whether it is a square window of that odd side, at each pixel, padded to keep the size. */
    boolean isSame(int side) {
        Ints ones = new Ints(1, 1);
        Ints none = new Ints(0, 0);
        Ints half = new Ints(side / 2, side / 2);
        return kernel.equals(new Ints(side, side))
                && strides.equals(ones)
                && dilations.equals(none)
                && before.equals(half)
                && after.equals(half);
    }

    /** Whether windows reach beyond the padding that was asked for. */
    boolean reachesBeyond(Window window) {
        return after.height() > window.padding().bottom()
                || after.width() > window.padding().right();
    }
}
