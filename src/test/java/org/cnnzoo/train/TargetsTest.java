package org.cnnzoo.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import org.cnnzoo.run.FlatVector;
import org.junit.jupiter.api.Test;

class TargetsTest {
    private static final int CLASSES = 4;

    /** Of three images, so that the one before differs from the one behind. */
    private static final int[] LABELS = {2, 0, 1};

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
    void aMixedImagesTargetHasTheRestOfTheOneBeforeIt() {
        assertThat(FlatVector.copy(new Targets(0, new double[] {1, 1, 1}).of(LABELS, 0.7)))
                .containsExactly(
                        new float[] {0, 0.3f, 0.7f, 0.7f, 0, 0.3f, 0.3f, 0.7f, 0}, within(1e-6f));
        // A label's own row is 0.8 where it is and 0.1 elsewhere
        assertThat(FlatVector.copy(new Targets(0.3, new double[] {1, 1, 1}).of(LABELS, 0.7)))
                .containsExactly(
                        new float[] {0.1f, 0.31f, 0.59f, 0.59f, 0.1f, 0.31f, 0.31f, 0.59f, 0.1f},
                        within(1e-6f));
    }

    @Test
    void classWeightsOfAMixedTargetAreThoseOfBothLabels() {
        // Their mean is 7 / 3
        float[] rows = FlatVector.copy(new Targets(0, new double[] {1, 2, 4}).of(LABELS, 0.7));
        for (int i = 0; i < rows.length; i++) {
            rows[i] *= 7 / 3f;
        }
        assertThat(rows)
                .containsExactly(
                        new float[] {0, 0.6f, 2.8f, 0.7f, 0, 1.2f, 0.3f, 1.4f, 0}, within(1e-6f));
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
