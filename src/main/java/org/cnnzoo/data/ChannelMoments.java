package org.cnnzoo.data;

/** Mean and deviation of each channel, from histograms of 8-bit samples. */
final class ChannelMoments {
    /** One grey level: a channel that never changes must not be divided by 0. */
    private static final double SMALLEST_STD = 1.0 / 255;

    private final double[] sum;
    private final double[] squares;
    private final double[] added;

    ChannelMoments(int channels) {
        sum = new double[channels];
        squares = new double[channels];
        added = new double[channels];
    }

    /** Adds a histogram of 256 levels; each call weighs the same, whatever its count. */
    void add(int channel, long[] histogram) {
        double count = 0;
        double first = 0;
        double second = 0;
        for (int v = 0; v < histogram.length; v++) {
            double x = v / 255.0;
            count += histogram[v];
            first += histogram[v] * x;
            second += histogram[v] * x * x;
        }
        sum[channel] += first / count;
        squares[channel] += second / count;
        added[channel] += 1;
    }

    Normalization normalization() {
        float[] mean = new float[sum.length];
        float[] std = new float[sum.length];
        for (int c = 0; c < sum.length; c++) {
            double m = sum[c] / added[c];
            mean[c] = (float) m;
            double variance = Math.max(0, squares[c] / added[c] - m * m);
            std[c] = (float) Math.max(SMALLEST_STD, Math.sqrt(variance));
        }
        return new Normalization(mean, std);
    }
}
