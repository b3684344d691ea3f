package org.cnnzoo.data;

import java.util.Arrays;

/**
 * Per-channel {@code (sample / 255 - mean) / std}.
 *
 * @param mean one for each channel, in 0..1
 * @param std one for each channel, in 0..1, above 0
 */
@SuppressWarnings("ArrayRecordComponent") // bulk data: a list would box every sample
public record Normalization(float[] mean, float[] std) {
    /** Luma weights, for the grey of a colour mean. */
    private static final float[] LUMA = {0.299f, 0.587f, 0.114f};

    public Normalization {
        if (mean.length != std.length || (mean.length != 1 && mean.length != 3)) {
            throw new IllegalArgumentException(
                    "%d means and %d deviations; 1 or 3 of each are right"
                            .formatted(mean.length, std.length));
        }
        for (float s : std) {
            if (!(s > 0)) {
                throw new IllegalArgumentException("a deviation must be above 0, not " + s);
            }
        }
        mean = mean.clone();
        std = std.clone();
    }

    /** How many channels this is for. */
    public int channels() {
        return mean.length;
    }

    /**
     * The same for another number of channels: grey figures thrice, or the luma of colour ones (for
     * the deviation an upper bound, reached where the channels move together).
     */
    public Normalization forChannels(int channels) {
        if (channels == mean.length) {
            return this;
        }
        if (channels == 3) {
            return new Normalization(
                    new float[] {mean[0], mean[0], mean[0]}, new float[] {std[0], std[0], std[0]});
        }
        return new Normalization(new float[] {luma(mean)}, new float[] {luma(std)});
    }

    private static float luma(float[] rgb) {
        return LUMA[0] * rgb[0] + LUMA[1] * rgb[1] + LUMA[2] * rgb[2];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Normalization that
                && Arrays.equals(mean, that.mean)
                && Arrays.equals(std, that.std);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(mean) + Arrays.hashCode(std);
    }

    @Override
    public String toString() {
        return "mean " + Arrays.toString(mean) + ", std " + Arrays.toString(std);
    }
}
