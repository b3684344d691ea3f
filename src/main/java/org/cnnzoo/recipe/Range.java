package org.cnnzoo.recipe;

import java.math.BigDecimal;
import java.util.Locale;

/**
 * The numbers a setting allows.
 *
 * @param min the least, or the bound below
 * @param minAllowed whether {@code min} itself is allowed
 * @param max the greatest, or the bound above; infinite for none
 * @param maxAllowed whether {@code max} itself is allowed
 */
public record Range(double min, boolean minAllowed, double max, boolean maxAllowed) {
    /** Behind the point; BigDecimal writes powers from one more on. */
    private static final int MOST_ZEROS = 5;

    public static Range atLeast(double min) {
        return new Range(min, true, Double.POSITIVE_INFINITY, false);
    }

    public static Range above(double min) {
        return new Range(min, false, Double.POSITIVE_INFINITY, false);
    }

    /** Both ends allowed. */
    public static Range between(double min, double max) {
        return new Range(min, true, max, true);
    }

    /** {@code min} allowed, {@code max} not. */
    public static Range below(double min, double max) {
        return new Range(min, true, max, false);
    }

    public boolean allows(double value) {
        return (minAllowed ? value >= min : value > min)
                && (maxAllowed ? value <= max : value < max);
    }

    /** As words after a noun: "of 1 or more", "above 0", "from 0 to 1". */
    @Override
    public String toString() {
        if (max >= Integer.MAX_VALUE) { // a bound of ours, nobody's business
            return minAllowed ? "of " + plain(min) + " or more" : "above " + plain(min);
        }
        return (minAllowed ? "from " + plain(min) : "above " + plain(min))
                + (maxAllowed ? " to " : " to below ")
                + plain(max);
    }

    /** A number in its shortest exact form: 0.0005, 30, 1.5e-8. */
    public static String plain(double value) {
        BigDecimal shortest = BigDecimal.valueOf(value).stripTrailingZeros();
        int zeros = shortest.scale() - shortest.precision();
        return zeros > MOST_ZEROS
                ? shortest.toString().toLowerCase(Locale.ROOT)
                : shortest.toPlainString();
    }
}
