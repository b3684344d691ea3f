package org.cnnzoo.build.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.cnnzoo.network.Dropout;
import org.junit.jupiter.api.Test;

/** Masks of both engines: as these are shared, comparing the engines says nothing of them. */
class DropoutMaskTest {
    private static final int COUNT = 100_000;

    private static float[] mask(double rate, long seed, long iteration) {
        float[] mask = new float[COUNT];
        DropoutMask.draw(mask, rate, seed, iteration);
        return mask;
    }

    @Test
    void theRateIsDroppedAndTheRestScaledByWhatIsKept() {
        for (double rate : new double[] {0.1, 0.3, 0.8}) {
            float kept = (float) (1 / (1 - rate));
            int zeros = 0;
            for (float value : mask(rate, 5, 7)) {
                assertThat(value).isIn(0f, kept);
                zeros += value == 0 ? 1 : 0;
            }
            // Four deviations of a binomial
            double allowed = 4 * Math.sqrt(rate * (1 - rate) / COUNT);
            assertThat((double) zeros / COUNT).isCloseTo(rate, within(allowed));
        }
    }

    @Test
    void eachStepAndEachLayerHasAMaskOfItsOwnThatRepeats() {
        float[] mask = mask(0.5, DropoutMask.layerSeed(1, 3), 7);
        assertThat(mask(0.5, DropoutMask.layerSeed(1, 3), 7)).isEqualTo(mask);
        List<float[]> others =
                List.of(
                        mask(0.5, DropoutMask.layerSeed(1, 3), 8),
                        mask(0.5, DropoutMask.layerSeed(1, 4), 7),
                        mask(0.5, DropoutMask.layerSeed(2, 3), 7));
        for (float[] other : others) {
            int alike = 0;
            for (int i = 0; i < COUNT; i++) {
                alike += mask[i] == other[i] ? 1 : 0;
            }
            assertThat((double) alike / COUNT).isCloseTo(0.5, within(0.01));
        }
    }

    @Test
    void aUnitIsDroppedAsOne() {
        List<Long> sizes = List.of(4L, 8L, 5L, 6L);
        assertThat(Dropout.Unit.VALUE.maskSizes(sizes)).isEqualTo(sizes);
        assertThat(Dropout.Unit.CHANNEL.maskSizes(sizes)).containsExactly(4L, 8L, 1L, 1L);
        assertThat(Dropout.Unit.IMAGE.maskSizes(sizes)).containsExactly(4L, 1L, 1L, 1L);
    }
}
