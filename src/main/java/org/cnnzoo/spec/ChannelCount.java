package org.cnnzoo.spec;

/** A number of channels: written out, or relative to what arrives. */
public sealed interface ChannelCount {

    /** A number, the width multiplier and its rounding already applied. */
    record Exact(int count) implements ChannelCount {}

    /**
     * {@code $in}, times a factor: a share of the channels that arrive at the block (at the layer
     * itself, outside blocks), rounded down, or to a multiple of {@code divisor} where that is over
     * 1.
     *
     * @param frame whose input is meant
     */
    record OfInput(double factor, int divisor, Layer.Frame frame) implements ChannelCount {}

    /**
     * MobileNet's rounding: the nearest multiple of {@code divisor}, at least {@code divisor}, and
     * never below 90 % of {@code value} (torchvision's {@code _make_divisible}).
     */
    static int divisible(double value, int divisor) {
        long rounded = Math.max(divisor, (long) (value + divisor / 2.0) / divisor * divisor);
        if (rounded < 0.9 * value) {
            rounded += divisor;
        }
        return Math.toIntExact(rounded);
    }
}
