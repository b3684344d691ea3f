package org.cnnzoo.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A linear axis with ticks at round numbers.
 *
 * @param low where it begins
 * @param high where it ends, above {@code low}
 * @param ticks in it, ascending
 * @param decimals that tell the ticks apart
 */
record Axis(double low, double high, List<Double> ticks, int decimals) {
    private static final int ABOUT = 5;
    private static final int MOST_DECIMALS = 5;
    private static final double TOO_LONG = 1e7;

    Axis {
        ticks = List.copyOf(ticks);
    }

    /**
     * An axis that holds two values, its ends at ticks.
     *
     * @param whole whether only whole numbers may be ticks
     */
    static Axis of(double least, double greatest, boolean whole) {
        double span = greatest - least;
        if (!(span > 1e-12 * Math.max(1, Math.abs(greatest)))) {
            span = greatest == 0 ? 1 : Math.abs(greatest) / 2;
        }
        double step = round(span / ABOUT);
        if (whole) {
            step = Math.max(1, Math.rint(step));
        }
        double low = Math.floor(least / step + 1e-9) * step;
        double high = Math.ceil(greatest / step - 1e-9) * step;
        if (high <= low) {
            high = low + step;
        }
        List<Double> ticks = new ArrayList<>();
        for (int i = 0; low + i * step <= high + step / 2; i++) {
            ticks.add(low + i * step);
        }
        int decimals = whole ? 0 : Math.max(0, (int) -Math.floor(Math.log10(step) + 1e-9));
        return new Axis(low, high, ticks, decimals);
    }

    /** The least of 1, 2, 5, 10 times a power of ten that isn't below. */
    private static double round(double rough) {
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        for (double factor : new double[] {1, 2, 5}) {
            if (factor * power >= rough * (1 - 1e-9)) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    /** A value's place between {@code from} and {@code to}. */
    double place(double value, double from, double to) {
        return from + (value - low) / (high - low) * (to - from);
    }

    String label(double tick) {
        double greatest = Math.max(Math.abs(low), Math.abs(high));
        if (decimals > MOST_DECIMALS || greatest >= TOO_LONG) {
            if (tick == 0) {
                return "0";
            }
            double step = ticks.get(1) - ticks.get(0);
            int digits = (int) Math.ceil(Math.log10(greatest / step) - 1e-9);
            return Html.number("%." + Math.max(0, digits) + "e", tick);
        }
        return Html.number("%,." + decimals + "f", tick == 0 ? 0.0 : tick);
    }
}
