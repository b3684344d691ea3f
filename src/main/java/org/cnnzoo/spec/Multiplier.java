package org.cnnzoo.spec;

/**
 * What the file's {@code channels} and {@code repeats} do to every {@code out} and every row of
 * stages.
 *
 * @param channels factor of output channels (the width multiplier)
 * @param divisor channels are rounded to a multiple of it; 0 where the file has no {@code channels}
 * @param repeats factor of how often a row stands, rounded up (the depth multiplier)
 */
record Multiplier(double channels, int divisor, double repeats) {
    static final Multiplier NONE = new Multiplier(1, 0, 1);

    int channels(int count, double least) {
        return divisor == 0
                ? count
                : ChannelCount.divisible(count * Math.max(channels, least), divisor);
    }

    int repeats(int count) {
        return (int) Math.ceil(count * repeats - 1e-9);
    }
}
