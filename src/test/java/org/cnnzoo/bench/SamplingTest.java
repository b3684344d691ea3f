package org.cnnzoo.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SamplingTest {
    private final Sampling sampling = new Sampling(5, 3, 2.0);

    @Test
    void endsWhenStepsAndSecondsAreBothReached() {
        assertThat(sampling.reached(2, 9_000_000_000L)).isFalse();
        assertThat(sampling.reached(900, 1_999_999_999L)).isFalse();
        assertThat(sampling.reached(3, 2_000_000_000L)).isTrue();
    }
}
