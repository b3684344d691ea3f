package org.cnnzoo.build.onednn;

import org.cnnzoo.network.Shape;
import org.cnnzoo.network.Window;

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
    }

    static Geometry of(Window window, Shape in, Shape out) {
        return new Geometry(
                new Ints(window.kernel().height(), window.kernel().width()),
                new Ints(window.stride().height(), window.stride().width()),
                new Ints(window.dilation().height() - 1, window.dilation().width() - 1),
                new Ints(window.padding().top(), window.padding().left()),
                new Ints(
                        after(
                                in.height(),
                                out.height(),
                                window.kernel().height(),
                                window.stride().height(),
                                window.dilation().height(),
                                window.padding().top(),
                                window.padding().bottom()),
                        after(
                                in.width(),
                                out.width(),
                                window.kernel().width(),
                                window.stride().width(),
                                window.dilation().width(),
                                window.padding().left(),
                                window.padding().right())));
    }

    /** With ceil the last window reaches further than the padding that was asked for. */
    private static long after(
            int in, int out, int kernel, int stride, int dilation, int before, int after) {
        int reach = (kernel - 1) * dilation + 1;
        return Math.max(after, (out - 1) * stride + reach - in - before);
    }

    /** Whether windows reach beyond the padding that was asked for. */
    boolean reachesBeyond(Window window) {
        return after.height() > window.padding().bottom()
                || after.width() > window.padding().right();
    }
}
