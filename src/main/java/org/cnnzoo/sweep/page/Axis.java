package org.cnnzoo.sweep.page;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.cnnzoo.sweep.Domain;
import org.cnnzoo.sweep.Parameter;
import org.cnnzoo.sweep.Point;

/**
 * From values to 0..1, with labelled ticks.
 *
 * @param title beside it
 * @param ticks in order
 */
record Axis(String title, Scale scale, List<Tick> ticks) {
    private static final int USUAL_DIGITS = 4;

    /** A value's place. */
    interface Scale {
        /** 0..1, or NaN for a value that has none. */
        double at(Object value);
    }

    /** A label at a place in 0..1. */
    record Tick(double at, String label) {}

    /** A parameter's: its domain's places. */
    static Axis of(Parameter parameter) {
        Domain domain = parameter.domain();
        List<Tick> ticks = new ArrayList<>();
        if (domain instanceof Domain.Choice choice) {
            for (Object value : choice.values()) {
                ticks.add(new Tick(domain.place(value).orElseThrow(), Point.text(value)));
            }
        } else {
            for (double u : new double[] {0, 0.5, 1}) {
                Object value = domain.at(u);
                String label = value instanceof Double d ? number(d) : Point.text(value);
                ticks.add(new Tick(domain.place(value).orElseThrow(), label));
            }
        }
        return new Axis(
                Point.name(parameter.path()),
                value -> domain.place(value).orElse(Double.NaN),
                ticks);
    }

    /** That of epochs, which are whole. */
    static Axis ofEpochs(List<Double> epochs) {
        double last = epochs.stream().mapToDouble(v -> v).max().orElse(1);
        Axis axis = of("epoch", List.of(1.0, Math.max(2, last)), false);
        List<Tick> whole =
                axis.ticks().stream().filter(tick -> !tick.label().contains(".")).toList();
        return new Axis(axis.title(), axis.scale(), whole);
    }

    /** A quantity's, from the least to the greatest of some values. */
    static Axis of(String title, List<Double> values, boolean log) {
        double least = values.stream().mapToDouble(v -> v).min().orElse(0);
        double greatest = values.stream().mapToDouble(v -> v).max().orElse(1);
        if (greatest <= least) { // one value: in the middle
            double margin = least == 0 ? 1 : Math.abs(least) * 0.1;
            least -= margin;
            greatest += margin;
        }
        boolean byLog = log && least > 0;
        double low = byLog ? Math.log(least) : least;
        double span = (byLog ? Math.log(greatest) : greatest) - low;
        double from = least;
        double[] places =
                (byLog
                                ? DoubleStream.of(0, 0.5, 1).map(u -> Math.exp(low + u * span))
                                : round(from, span))
                        .toArray();
        int digits = digits(places);
        List<Tick> ticks =
                DoubleStream.of(places)
                        .mapToObj(
                                x ->
                                        new Tick(
                                                ((byLog ? Math.log(x) : x) - low) / span,
                                                number(x, digits)))
                        .toList();
        return new Axis(
                title,
                value -> {
                    double x = ((Number) value).doubleValue();
                    return ((byLog ? Math.log(x) : x) - low) / span;
                },
                ticks);
    }

    /** Four or so round numbers in a span: 1, 2 or 5 with zeros. */
    private static DoubleStream round(double from, double span) {
        double power = Math.pow(10, Math.floor(Math.log10(span / 4)));
        double step =
                DoubleStream.of(1, 2, 5, 10)
                        .map(m -> m * power)
                        .filter(s -> span / s <= 5)
                        .findFirst()
                        .orElse(span);
        long first = (long) Math.ceil(from / step - 1e-9);
        long last = (long) Math.floor((from + span) / step + 1e-9);
        return LongStream.rangeClosed(first, last).mapToDouble(i -> i * step);
    }

    /** How many digits tell ascending values apart. */
    private static int digits(double[] values) {
        int digits = USUAL_DIGITS;
        for (int i = 1; i < values.length; i++) {
            double greater = Math.max(Math.abs(values[i - 1]), Math.abs(values[i]));
            double step = values[i] - values[i - 1];
            digits = Math.max(digits, 1 + (int) Math.ceil(Math.log10(greater / step)));
        }
        return digits;
    }

    /** {@code 0.0123}, {@code 12.3}, {@code 417K}, {@code 1.8G}. */
    static String number(double value) {
        return number(value, USUAL_DIGITS);
    }

    private static String number(double value, int digits) {
        if (!Double.isFinite(value)) {
            return Double.toString(value);
        }
        double size = Math.abs(value);
        String large = "%." + (digits - 1) + "g";
        if (size >= 1e9) {
            return String.format(Locale.ROOT, large + "G", value / 1e9);
        }
        if (size >= 1e6) {
            return String.format(Locale.ROOT, large + "M", value / 1e6);
        }
        if (size >= 1e4) {
            return String.format(Locale.ROOT, large + "K", value / 1e3);
        }
        if (size > 0 && size < 1e-3) {
            return String.format(Locale.ROOT, "%." + (digits - 3) + "e", value);
        }
        return Point.text(new BigDecimal(value).round(new MathContext(digits)).doubleValue());
    }
}
