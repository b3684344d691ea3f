package org.cnnzoo.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;

/** What was measured of many draws, held against the uniform distribution. */
final class Uniform {
    private Uniform() {}

    /**
     * Ends, mean and quarters.
     *
     * @param error of a measurement
     */
    static void require(double[] measured, double from, double to, double error) {
        double[] sorted = measured.clone();
        Arrays.sort(sorted);
        int count = sorted.length;
        double range = to - from;
        assertThat(sorted[0]).as("least").isBetween(from - error, from + 0.02 * range + error);
        assertThat(sorted[count - 1])
                .as("greatest")
                .isBetween(to - 0.02 * range - error, to + error);
        double chance = 4 * range / Math.sqrt(12.0 * count); // four deviations
        assertThat(Arrays.stream(sorted).average().orElseThrow())
                .as("mean")
                .isCloseTo((from + to) / 2, within(chance + error));
        double wide = 4 * range * Math.sqrt(0.25 / count);
        for (int quarter = 1; quarter < 4; quarter++) {
            assertThat(sorted[quarter * count / 4])
                    .as("quarter %d", quarter)
                    .isCloseTo(from + quarter * range / 4, within(wide + error));
        }
    }
}
