package org.cnnzoo.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.cnnzoo.run.FlatVector;
import org.junit.jupiter.api.Test;

class ModelEmaTest {
    @Test
    void averagesAsTorchsAveragedModel() {
        FlatVector values = Fixtures.start();
        FlatOptimizer sgd =
                new FlatOptimizer(
                        new Optimizer.Sgd(0, false),
                        Span.of(Fixtures.PARAMETERS, WeightDecay.NONE, List.of(), Map.of()),
                        Fixtures.LENGTH);
        ModelEma ema = new ModelEma(0.9, Fixtures.LENGTH);
        for (int t = 1; t <= 50; t++) {
            sgd.step(values, Fixtures.gradients(values, t), 0.1, 1);
            if (t == 1) {
                ema.reset(values);
            } else {
                ema.update(values);
            }
        }

        double[] torch = Fixtures.numbers(Fixtures.read("ema"));
        float[] average = FlatVector.copy(ema.average());
        for (int i = 0; i < average.length; i++) {
            assertThat((double) average[i]).isCloseTo(torch[i], within(1e-6));
        }
    }

    @Test
    void swappingTwiceChangesNothing() {
        FlatVector values = Fixtures.start();
        ModelEma ema = new ModelEma(0.5, Fixtures.LENGTH);
        ema.reset(Fixtures.gradients(values, 3));
        float[] before = Fixtures.elements(values);
        float[] average = FlatVector.copy(ema.average());

        ema.swap(values);
        assertThat(Fixtures.elements(values)).containsExactly(average);
        ema.swap(values);

        assertThat(Fixtures.elements(values)).containsExactly(before);
        assertThat(FlatVector.copy(ema.average())).containsExactly(average);
    }
}
