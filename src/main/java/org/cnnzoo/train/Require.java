package org.cnnzoo.train;

import org.cnnzoo.errors.BadInput;

/** Bounds of numbers that people write; what is outside is a {@link BadInput}. */
final class Require {
    private Require() {}

    static void atLeast(String name, double value, double least) {
        that(value >= least, name, value, "at least " + shown(least));
    }

    static void above(String name, double value, double bound) {
        that(value > bound, name, value, "above " + shown(bound));
    }

    /** {@code least <= value < bound}. */
    static void within(String name, double value, double least, double bound) {
        that(
                value >= least && value < bound,
                name,
                value,
                "from %s to below %s".formatted(shown(least), shown(bound)));
    }

    private static void that(boolean right, String name, double value, String what) {
        if (!right || Double.isInfinite(value)) {
            throw new BadInput("%s must be %s, not %s".formatted(name, what, shown(value)));
        }
    }

    private static String shown(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
