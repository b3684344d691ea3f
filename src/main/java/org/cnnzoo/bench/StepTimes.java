package org.cnnzoo.bench;

import java.util.List;

/**
 * How long each measured step took.
 *
 * @param nanos one a step, at least one
 */
public record StepTimes(List<Long> nanos) {
    public StepTimes {
        if (nanos.isEmpty()) {
            throw new IllegalArgumentException("no step");
        }
        nanos = List.copyOf(nanos);
    }

    /** How many steps. */
    public int count() {
        return nanos.size();
    }

    /**
     * The median step in milliseconds; of an even number of steps, the mean of the middle two. One
     * step that was disturbed doesn't move it.
     */
    public double medianMillis() {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        int half = sorted.length / 2;
        double median =
                sorted.length % 2 == 1
                        ? sorted[half]
                        : sorted[half - 1] + (sorted[half] - sorted[half - 1]) / 2.0;
        return median / 1e6;
    }

    /** Images a second at the median step. */
    public double imagesPerSecond(int batch) {
        return batch * 1000.0 / medianMillis();
    }
}
