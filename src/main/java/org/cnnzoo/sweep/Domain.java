package org.cnnzoo.sweep;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * What values a parameter can take. Strategies work in 0..1: {@link #at} is a value from there,
 * {@link #place} the way back. A value is a Long, a Double, a Boolean or a String, as JSON has
 * them.
 */
public sealed interface Domain {
    /**
     * The value at a place.
     *
     * @param u from 0 to 1
     */
    Object at(double u);

    /** Where a value lies, the middle of what {@link #at} makes it of; nothing for another's. */
    OptionalDouble place(Object value);

    /** The value that a setting or a parameter shows as this text; nothing for another's. */
    default Optional<Object> named(String text) {
        try {
            Object value = read(text);
            return place(value).isPresent() ? Optional.of(value) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /**
     * The value that a text stands for, be it in the domain or not.
     *
     * @throws NumberFormatException if it stands for none
     */
    Object read(String text);

    /** The values that a grid takes; nothing if the file doesn't say how many. */
    List<Object> grid();

    /** How many values there are; {@code Long.MAX_VALUE} for a continuum. */
    long size();

    /** One of several values, whose order means nothing. */
    record Choice(List<Object> values) implements Domain {
        public Choice {
            values = List.copyOf(values);
        }

        @Override
        public Object at(double u) {
            return values.get((int) Math.min(values.size() - 1, Math.floor(u * values.size())));
        }

        @Override
        public OptionalDouble place(Object value) {
            int index = values.indexOf(value);
            return index < 0 ? OptionalDouble.empty() : OptionalDouble.of((index + 0.5) / size());
        }

        @Override
        public Object read(String text) {
            return values.stream().filter(v -> isShownAs(v, text)).findFirst().orElse(text);
        }

        /** Numbers may be written in several ways: 1, 1.0. */
        private static boolean isShownAs(Object value, String text) {
            try {
                return value instanceof Number number
                        ? number.doubleValue() == Double.parseDouble(text)
                        : value.toString().equals(text);
            } catch (NumberFormatException e) {
                return false;
            }
        }

        @Override
        public List<Object> grid() {
            return values;
        }

        @Override
        public long size() {
            return values.size();
        }
    }

    /**
     * A number between two others, both included.
     *
     * @param log whether it is the logarithm that is uniform
     * @param points of a grid, ends included; 0 if the file doesn't say
     */
    record Real(double low, double high, boolean log, int points) implements Domain {
        private static final MathContext DIGITS = new MathContext(6);

        @Override
        public Object at(double u) {
            double value =
                    log
                            ? Math.exp(Math.log(low) + u * (Math.log(high) - Math.log(low)))
                            : low + u * (high - low);
            // Six digits: more of them only make a table and a command line hard to read
            double rounded = BigDecimal.valueOf(value).round(DIGITS).doubleValue();
            return Math.max(low, Math.min(high, rounded));
        }

        @Override
        public OptionalDouble place(Object value) {
            if (!(value instanceof Number number)) {
                return OptionalDouble.empty();
            }
            double x = number.doubleValue();
            if (!(x >= low && x <= high)) {
                return OptionalDouble.empty();
            }
            return OptionalDouble.of(
                    log
                            ? (Math.log(x) - Math.log(low)) / (Math.log(high) - Math.log(low))
                            : (x - low) / (high - low));
        }

        @Override
        public Object read(String text) {
            return Double.valueOf(text);
        }

        @Override
        public List<Object> grid() {
            return IntStream.range(0, points)
                    .mapToObj(i -> at(points == 1 ? 0.5 : i / (points - 1.0)))
                    .distinct()
                    .toList();
        }

        @Override
        public long size() {
            return Long.MAX_VALUE;
        }
    }

    /**
     * A whole number between two others, both included.
     *
     * @param log whether small numbers are as likely as large ones are by their logarithm
     * @param points of a grid; 0 for every number
     */
    record Whole(long low, long high, boolean log, int points) implements Domain {
        /** More than that in a grid is hardly meant. */
        static final int MOST = 1000;

        @Override
        public Object at(double u) {
            double value =
                    log
                            ? Math.exp(
                                    Math.log((double) low)
                                            + u * (Math.log(high + 1.0) - Math.log((double) low)))
                            : low + u * (high - low + 1.0);
            return Math.max(low, Math.min(high, (long) Math.floor(value + 1e-9)));
        }

        @Override
        public OptionalDouble place(Object value) {
            if (!(value instanceof Long x) || x < low || x > high) {
                return OptionalDouble.empty();
            }
            if (!log) {
                return OptionalDouble.of((x - low + 0.5) / size());
            }
            double middle = (Math.log((double) x) + Math.log(x + 1.0)) / 2;
            return OptionalDouble.of(
                    (middle - Math.log((double) low))
                            / (Math.log(high + 1.0) - Math.log((double) low)));
        }

        @Override
        public Object read(String text) {
            return Long.valueOf(text);
        }

        @Override
        public List<Object> grid() {
            if (points > 0 && points < size()) {
                return IntStream.range(0, points)
                        .mapToObj(i -> at((i + 0.5) / points))
                        .distinct()
                        .toList();
            }
            return size() > MOST
                    ? List.of()
                    : LongStream.rangeClosed(low, high).<Object>mapToObj(x -> x).toList();
        }

        @Override
        public long size() {
            return high - low + 1;
        }
    }
}
