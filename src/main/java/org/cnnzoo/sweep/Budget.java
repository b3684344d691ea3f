package org.cnnzoo.sweep;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How much a sweep may cost; work that was begun is finished, except where the time is up.
 *
 * @param trials most trials; nothing for as many as the grid has
 * @param epochs most epochs of all trials together
 * @param seconds most wall time, that of earlier sessions included
 */
public record Budget(OptionalInt trials, OptionalInt epochs, OptionalDouble seconds) {
    /** The same with another number of trials. */
    public Budget withTrials(int count) {
        return new Budget(OptionalInt.of(count), epochs, seconds);
    }

    /** Whether the time is up. */
    public boolean isSpent(double elapsed) {
        return seconds.isPresent() && elapsed >= seconds.getAsDouble();
    }

    /** Whether so many epochs more may begin. */
    public boolean allows(int spent, int more) {
        return epochs.isEmpty() || spent + more <= epochs.getAsInt();
    }
}
