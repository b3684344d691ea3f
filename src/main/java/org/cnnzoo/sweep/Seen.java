package org.cnnzoo.sweep;

import java.util.OptionalDouble;

/**
 * A trial as a strategy sees it.
 *
 * @param loss what is to become small, or nothing while it is not known or if the trial failed
 * @param epochs that it was trained for
 * @param whole whether that was all; else it was stopped there, or goes on
 */
public record Seen(Point point, OptionalDouble loss, int epochs, boolean whole) {}
