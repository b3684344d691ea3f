package org.cnnzoo.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class StepTimesTest {
    private static final long MILLISECOND = 1_000_000;

    private static StepTimes milliseconds(long... steps) {
        return new StepTimes(
                java.util.Arrays.stream(steps).map(ms -> ms * MILLISECOND).boxed().toList());
    }

    @Test
    void medianOfAnOddNumberIsTheMiddleOneInOrderOfSize() {
        assertThat(milliseconds(30, 10, 20).medianMillis()).isEqualTo(20);
        assertThat(milliseconds(7).medianMillis()).isEqualTo(7);
    }

    @Test
    void medianOfAnEvenNumberIsTheMeanOfTheMiddleTwo() {
        assertThat(milliseconds(40, 10, 30, 20).medianMillis()).isEqualTo(25);
        assertThat(new StepTimes(List.of(1L, 2L)).medianMillis()).isEqualTo(1.5e-6);
    }

    @Test
    void oneDisturbedStepDoesNotMoveIt() {
        assertThat(milliseconds(10, 10, 10, 10, 5_000).medianMillis()).isEqualTo(10);
    }

    @Test
    void imagesPerSecondAreTheBatchOverTheMedianStep() {
        // 32 images in 80 ms, 400 in a second
        assertThat(milliseconds(60, 80, 500).imagesPerSecond(32)).isEqualTo(400);
    }

    @Test
    void noStepHasNoMedian() {
        assertThatThrownBy(() -> new StepTimes(List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
