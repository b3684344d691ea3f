package org.cnnzoo.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class FiguresTest {
    @Test
    void magnitudeDeviationAndBinsOfAFewNumbers() {
        Figures figures = Figures.of(new float[] {-1, 0, 1, 4});
        assertThat(figures.meanMagnitude()).isEqualTo(1.5);
        assertThat(figures.stdev()).isCloseTo(Math.sqrt(3.5), within(1e-12));
        assertThat(figures.min()).isEqualTo(-1);
        assertThat(figures.max()).isEqualTo(4);
        assertThat(figures.counts()).hasSize(20).startsWith(1, 0, 0, 0, 1).endsWith(0, 1);
    }

    @Test
    void equalNumbersShareABin() {
        Figures figures = Figures.of(new float[] {2, 2, 2});
        assertThat(figures.counts()).startsWith(3, 0);
        assertThat(figures.stdev()).isZero();
    }

    @Test
    void whatIsNotFiniteIsLeftOut() {
        Figures figures = Figures.of(new float[] {Float.NaN, 1, Float.POSITIVE_INFINITY, 3});
        assertThat(figures.meanMagnitude()).isEqualTo(2);
        assertThat(figures.max()).isEqualTo(3);
        assertThat(Figures.of(new float[] {Float.NaN}).counts()).hasSize(20).containsOnly(0);
    }
}
