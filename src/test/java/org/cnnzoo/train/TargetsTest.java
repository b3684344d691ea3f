package org.cnnzoo.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import org.cnnzoo.run.FlatVector;
import org.junit.jupiter.api.Test;

class TargetsTest {
    private static final int CLASSES = 4;

    @Test
    void giveTorchsCrossEntropyAndItsGradientWithSmoothingAndClassWeights() {
        JsonNode fixture = Fixtures.read("loss");
        int[] labels =
                Arrays.stream(Fixtures.numbers(fixture.get("labels")))
                        .mapToInt(x -> (int) x)
                        .toArray();
        int count = labels.length;
        for (JsonNode example : fixture.get("cases")) {
            Targets targets =
                    new Targets(
                            example.get("smoothing").asDouble(),
                            Fixtures.numbers(example.get("weights")));
            float[] rows = FlatVector.copy(targets.of(labels));
            double loss = 0;
            for (int n = 0; n < count; n++) {
                double[] logits = Fixtures.numbers(fixture.get("logits").get(n));
                double sum = Arrays.stream(logits).map(Math::exp).sum();
                double share = 0;
                for (int c = 0; c < CLASSES; c++) {
                    loss -= rows[n * CLASSES + c] * (logits[c] - Math.log(sum)) / count;
                    share += rows[n * CLASSES + c];
                }
                double[] gradient = Fixtures.numbers(example.get("gradient").get(n));
                for (int c = 0; c < CLASSES; c++) {
                    double ours =
                            (share * Math.exp(logits[c]) / sum - rows[n * CLASSES + c]) / count;
                    assertThat(ours).isCloseTo(gradient[c], within(1e-6));
                }
            }
            assertThat(loss).isCloseTo(example.get("loss").asDouble(), within(1e-6));
        }
    }

    @Test
    void balancedWeightsAreScikitLearns() {
        // compute_class_weight('balanced', y of 6, 3, 1 and no images): n / (classes * count)
        assertThat(ClassWeights.BALANCED.of(new int[] {6, 3, 1, 0}))
                .containsExactly(10.0 / 24, 10.0 / 12, 10.0 / 4, 0);
        assertThat(ClassWeights.NONE.of(new int[] {6, 3})).containsExactly(1, 1);
    }

    @Test
    void aSmallerBatchGetsRowsOfItsOwn() {
        Targets targets = new Targets(0, new double[] {1, 1});
        targets.of(new int[] {0, 1, 1});
        assertThat(targets.of(new int[] {1}).shape()).containsExactly(1, 2);
        assertThat(FlatVector.copy(targets.of(new int[] {1, 0, 0})))
                .containsExactly(0, 1, 1, 0, 1, 0);
    }
}
