package org.cnnzoo.data;

import java.util.Arrays;

/**
 * Bilinear resizing with antialiasing, to the bit what PIL's {@code Image.resize(BILINEAR)} gives,
 * so that accuracies of weights that were trained behind PIL carry over.
 *
 * <p>A triangle filter, stretched by the scale when shrinking, applied to rows and then to columns
 * with 22-bit fixed-point weights and 8-bit samples between the two passes.
 */
final class Bilinear {
    private static final int BITS = 22;

    private Bilinear() {}

    /** The image at {@code height x width}. */
    static PixelImage resize(PixelImage image, int height, int width) {
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException("no pixels: " + height + "x" + width);
        }
        return window(image, height, width, new Window(0, 0, height, width));
    }

    /** A part of an image, which begins at a row and a column. */
    record Window(int top, int left, int height, int width) {}

    /**
     * A part of what {@link #resize} would give, without the rest of it: a strip of one row would
     * have billions of pixels.
     *
     * @param height of the whole
     * @param width of the whole
     * @param window inside
     */
    static PixelImage window(PixelImage image, int height, int width, Window window) {
        PixelImage columns =
                image.width() == width
                        ? image.window(0, window.left(), image.height(), window.width())
                        : columnsTo(image, width, window.left(), window.width());
        return image.height() == height
                ? columns.window(window.top(), 0, window.height(), window.width())
                : rowsTo(columns, height, window.top(), window.height());
    }

    private static PixelImage columnsTo(PixelImage image, int all, int left, int width) {
        Taps taps = Taps.of(image.width(), all, left, width);
        int rows = image.channels() * image.height();
        byte[] in = image.pixels();
        byte[] out = new byte[rows * width];
        for (int row = 0; row < rows; row++) {
            int start = row * image.width();
            for (int x = 0; x < width; x++) {
                int from = start + taps.first[x];
                int[] weights = taps.weights[x];
                int sum = 1 << (BITS - 1);
                for (int k = 0; k < weights.length; k++) {
                    sum += (in[from + k] & 0xFF) * weights[k];
                }
                out[row * width + x] = clip(sum);
            }
        }
        return new PixelImage(image.channels(), image.height(), width, out);
    }

    private static PixelImage rowsTo(PixelImage image, int all, int top, int height) {
        Taps taps = Taps.of(image.height(), all, top, height);
        int width = image.width();
        byte[] in = image.pixels();
        byte[] out = new byte[image.channels() * height * width];
        int[] sums = new int[width];
        for (int c = 0; c < image.channels(); c++) {
            for (int y = 0; y < height; y++) {
                Arrays.fill(sums, 1 << (BITS - 1));
                int[] weights = taps.weights[y];
                for (int k = 0; k < weights.length; k++) {
                    int from = (c * image.height() + taps.first[y] + k) * width;
                    for (int x = 0; x < width; x++) {
                        sums[x] += (in[from + x] & 0xFF) * weights[k];
                    }
                }
                int to = (c * height + y) * width;
                for (int x = 0; x < width; x++) {
                    out[to + x] = clip(sums[x]);
                }
            }
        }
        return new PixelImage(image.channels(), height, width, out);
    }

    private static byte clip(int sum) {
        return (byte) Math.max(0, Math.min(255, sum >> BITS));
    }

    /**
     * For each output place of a window: the first input place it reads, and the weights from there
     * on.
     */
    @SuppressWarnings("ArrayRecordComponent")
    private record Taps(int[] first, int[][] weights) {
        static Taps of(int in, int out, int begin, int count) {
            double scale = (double) in / out;
            double support = Math.max(scale, 1.0);
            int[] first = new int[count];
            int[][] weights = new int[count][];
            for (int o = 0; o < count; o++) {
                double center = (begin + o + 0.5) * scale;
                int from = Math.max(0, (int) (center - support + 0.5));
                int end = Math.min(in, (int) (center + support + 0.5));
                double[] raw = new double[end - from];
                double sum = 0;
                for (int k = 0; k < raw.length; k++) {
                    double distance = Math.abs((k + from - center + 0.5) * (1.0 / support));
                    raw[k] = Math.max(0, 1 - distance);
                    sum += raw[k];
                }
                first[o] = from;
                weights[o] = new int[raw.length];
                for (int k = 0; k < raw.length; k++) {
                    weights[o][k] = (int) (raw[k] / sum * (1 << BITS) + 0.5);
                }
            }
            return new Taps(first, weights);
        }
    }
}
