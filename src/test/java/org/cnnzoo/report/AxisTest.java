package org.cnnzoo.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class AxisTest {
    private static List<String> labels(double least, double greatest, boolean whole) {
        Axis axis = Axis.of(least, greatest, whole);
        assertThat(axis.low()).isLessThanOrEqualTo(least);
        assertThat(axis.high())
                .isGreaterThanOrEqualTo(greatest * (1 - 1e-12))
                .isGreaterThan(axis.low());
        return axis.ticks().stream().map(axis::label).toList();
    }

    @Test
    void ticksAreRoundNumbersAroundTheValues() {
        assertThat(labels(0.53, 1.19, false)).containsExactly("0.4", "0.6", "0.8", "1.0", "1.2");
        assertThat(labels(0, 0.02, false))
                .containsExactly("0.000", "0.005", "0.010", "0.015", "0.020");
        assertThat(labels(4100, 11900, false))
                .containsExactly("4,000", "6,000", "8,000", "10,000", "12,000");
    }

    @Test
    void verySmallAndVeryLargeTicksAreToldApart() {
        assertThat(labels(0, 2e-5, false))
                .containsExactly("0", "5.0e-06", "1.0e-05", "1.5e-05", "2.0e-05");
        assertThat(labels(1e-5, 1e-5, false)).doesNotHaveDuplicates();
        assertThat(labels(2e8, 9e8, false))
                .containsExactly("2.0e+08", "4.0e+08", "6.0e+08", "8.0e+08", "1.0e+09");
    }

    @Test
    void epochsAreWholeNumbers() {
        assertThat(labels(1, 2, true)).containsExactly("1", "2");
        assertThat(labels(1, 1, true)).containsExactly("1", "2");
        assertThat(labels(1, 90, true)).containsExactly("0", "20", "40", "60", "80", "100");
    }

    @Test
    void equalValuesHaveAnAxisToo() {
        assertThat(labels(0, 0, false)).hasSizeGreaterThan(1);
        assertThat(labels(91.5, 91.5, false)).hasSizeGreaterThan(1);
        assertThat(labels(-2, -2, false)).hasSizeGreaterThan(1);
    }

    @Test
    void placesAreProportional() {
        Axis axis = Axis.of(0, 10, false);
        assertThat(axis.place(2.5, 100, 0)).isCloseTo(75, within(1e-9));
    }
}
