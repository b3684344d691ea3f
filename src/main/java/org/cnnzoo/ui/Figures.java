package org.cnnzoo.ui;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * What the pages show of some numbers.
 *
 * @param meanMagnitude mean of their absolute values
 * @param stdev standard deviation
 * @param min the least finite one
 * @param max the greatest finite one
 * @param counts how many lie in each of equal bins from {@code min} to {@code max}
 */
record Figures(double meanMagnitude, double stdev, double min, double max, List<Integer> counts) {
    private static final int BINS = 20;

    static Figures of(float[] numbers) {
        double sum = 0;
        double squares = 0;
        double magnitudes = 0;
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        int finite = 0;
        for (float x : numbers) {
            if (Float.isFinite(x)) {
                sum += x;
                squares += (double) x * x;
                magnitudes += Math.abs(x);
                min = Math.min(min, x);
                max = Math.max(max, x);
                finite++;
            }
        }
        if (finite == 0) {
            return new Figures(0, 0, 0, 0, Collections.nCopies(BINS, 0));
        }
        double mean = sum / finite;
        double variance = Math.max(0, squares / finite - mean * mean);
        return new Figures(
                magnitudes / finite, Math.sqrt(variance), min, max, counts(numbers, min, max));
    }

    private static List<Integer> counts(float[] numbers, double min, double max) {
        int[] counts = new int[BINS];
        double bins = max > min ? BINS / (max - min) : 0;
        for (float x : numbers) {
            if (Float.isFinite(x)) {
                counts[(int) Math.min((x - min) * bins, BINS - 1)]++;
            }
        }
        return Arrays.stream(counts).boxed().toList();
    }
}
