package org.cnnzoo.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.cnnzoo.build.Parameter;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.run.FlatVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class OptimizerTest {
    private static final int STEPS = 200;

    static Stream<Arguments> cases() {
        WeightDecay none = WeightDecay.NONE;
        Optimizer momentum = new Optimizer.Sgd(0.9, false);
        return Stream.of(
                Arguments.of("sgd", new Optimizer.Sgd(0, false), 0.1, none, 0),
                Arguments.of(
                        "sgd_decay", new Optimizer.Sgd(0, false), 0.1, WeightDecay.ofAll(1e-2), 0),
                Arguments.of("sgd_momentum", momentum, 0.05, WeightDecay.ofAll(5e-3), 0),
                Arguments.of(
                        "sgd_nesterov",
                        new Optimizer.Sgd(0.9, true),
                        0.05,
                        WeightDecay.ofAll(5e-3),
                        0),
                Arguments.of(
                        "sgd_norm_decay",
                        momentum,
                        0.05,
                        WeightDecay.ofAll(1e-2).withNorms(0).withBiases(0.1),
                        0),
                Arguments.of("sgd_clipped", momentum, 0.05, WeightDecay.ofAll(5e-3), 1.5),
                Arguments.of("sgd_clipped_at_times", momentum, 0.05, WeightDecay.ofAll(5e-3), 3.6),
                Arguments.of("adam", new Optimizer.Adam(), 0.01, none, 0),
                Arguments.of(
                        "adam_decay",
                        new Optimizer.Adam(0.8, 0.95, 1e-6),
                        0.01,
                        WeightDecay.ofAll(1e-2),
                        0),
                Arguments.of(
                        "adam_epsilon",
                        new Optimizer.Adam(0.9, 0.999, 1e-2),
                        0.01,
                        WeightDecay.ofAll(1e-2),
                        0),
                Arguments.of("adamw", new Optimizer.AdamW(), 0.01, WeightDecay.ofAll(0.1), 0),
                Arguments.of(
                        "adamw_epsilon",
                        new Optimizer.AdamW(0.9, 0.999, 1e-2),
                        0.01,
                        WeightDecay.ofAll(0.1),
                        0),
                Arguments.of("rmsprop", new Optimizer.RmsProp(0), 0.01, none, 0),
                Arguments.of(
                        "rmsprop_momentum",
                        new Optimizer.RmsProp(0.9, 0.9, 1e-3, Optimizer.RmsProp.Convention.PYTORCH),
                        0.005,
                        WeightDecay.ofAll(1e-2),
                        0),
                Arguments.of(
                        "rmsprop_tensorflow",
                        new Optimizer.RmsProp(0.9, 0.9, 1, Optimizer.RmsProp.Convention.TENSORFLOW),
                        0.005,
                        WeightDecay.ofAll(1e-2),
                        0));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void followsTorchFor200Steps(
            String name, Optimizer rule, double lr, WeightDecay decay, double clip) {
        JsonNode kept = Fixtures.read("optimizers").get(name);
        FlatVector values = Fixtures.start();
        FlatOptimizer optimizer =
                new FlatOptimizer(
                        rule,
                        Span.of(Fixtures.PARAMETERS, decay, List.of(), Map.of()),
                        Fixtures.LENGTH);
        int compared = 0;
        for (int t = 1; t <= STEPS; t++) {
            FlatVector gradients = Fixtures.gradients(values, t);
            double scale =
                    clip == 0
                            ? 1
                            : new GradientClipping(clip).scale(optimizer.gradientNorm(gradients));
            double rate = lr * (1 + Math.cos(Math.PI * t / STEPS)) / 2;
            optimizer.step(values, gradients, rate, scale);
            JsonNode expected = kept.get(Integer.toString(t));
            if (expected != null) {
                compared++;
                float[] p = Fixtures.elements(values);
                double[] torch = Fixtures.numbers(expected);
                for (int i = 0; i < p.length; i++) {
                    assertThat((double) p[i])
                            .as("parameter %d after step %d", i, t)
                            .isCloseTo(torch[i], within(2e-6));
                }
            }
        }
        assertThat(compared).isEqualTo(7);
    }

    @Test
    void clippingScalesAsTorchAndNothingBelowTheLimit() {
        GradientClipping clipping = new GradientClipping(1.5);
        assertThat(clipping.scale(0)).isEqualTo(1);
        assertThat(clipping.scale(1.499)).isEqualTo(1);
        assertThat(clipping.scale(1.5)).isCloseTo(0.999999333333778, within(1e-12));
        assertThat(clipping.scale(1.8)).isCloseTo(0.833332870370628, within(1e-12));
        assertThat(clipping.scale(3)).isCloseTo(0.499999833333389, within(1e-12));
    }

    @Test
    void runningStatisticsMoveByTheirGradientWhateverTheRateTheDecayAndTheClipping() {
        List<Parameter> parameters =
                List.of(
                        new Parameter("a.weight", Parameter.Role.WEIGHT, 0, 2),
                        new Parameter("a.mean", Parameter.Role.RUNNING, 2, 2));
        FlatOptimizer optimizer =
                new FlatOptimizer(
                        new Optimizer.Sgd(0.9, false),
                        Span.of(parameters, WeightDecay.ofAll(0.5), List.of(), Map.of()),
                        4);
        FlatVector values = FlatVector.of(Nd4j.createFromArray(1f, 2f, 3f, 4f));
        FlatVector gradients = FlatVector.of(Nd4j.createFromArray(3f, 4f, 0.5f, 1000f));

        assertThat(optimizer.gradientNorm(gradients)).isEqualTo(5);
        optimizer.step(values, gradients, 0, 0.01);
        optimizer.step(values, gradients, 0, 0.01);

        assertThat(Fixtures.elements(values)).containsExactly(1f, 2f, 2f, -1996f);
    }

    @Test
    void aRestoredStateGoesOnWithTheSameBits() {
        Optimizer rule = new Optimizer.AdamW();
        List<Span> spans =
                Span.of(Fixtures.PARAMETERS, WeightDecay.ofAll(0.1), List.of(), Map.of());
        FlatOptimizer whole = new FlatOptimizer(rule, spans, Fixtures.LENGTH);
        FlatVector values = Fixtures.start();
        SortedMap<String, INDArray> saved = new TreeMap<>();
        FlatVector savedValues = Fixtures.start();
        for (int t = 1; t <= 20; t++) {
            whole.step(values, Fixtures.gradients(values, t), 0.01, 1);
            if (t == 7) {
                whole.state().forEach((name, vector) -> saved.put(name, vector.dup()));
                savedValues = FlatVector.of(values.array().dup());
            }
        }

        FlatOptimizer resumed = new FlatOptimizer(rule, spans, Fixtures.LENGTH);
        resumed.restore(saved, 7);
        for (int t = 8; t <= 20; t++) {
            resumed.step(savedValues, Fixtures.gradients(savedValues, t), 0.01, 1);
        }

        assertThat(Fixtures.elements(savedValues)).containsExactly(Fixtures.elements(values));
    }

    @Test
    void anotherOptimisersStateIsRefused() {
        FlatOptimizer adam =
                new FlatOptimizer(
                        new Optimizer.Adam(),
                        Span.of(Fixtures.PARAMETERS, WeightDecay.NONE, List.of(), Map.of()),
                        Fixtures.LENGTH);
        SortedMap<String, INDArray> state =
                new TreeMap<>(Map.of("momentum", Nd4j.zeros(Fixtures.LENGTH)));

        assertThatThrownBy(() -> adam.restore(state, 1))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("[momentum]")
                .hasMessageContaining("[first_moment, second_moment]");
    }

    @Test
    void aLongVectorIsUpdatedLikeAShortOne() {
        int length = 3_000_001; // shared among threads, and not a whole number of slices
        float[] p = new float[length];
        float[] g = new float[length];
        Arrays.fill(g, 0.5f);
        for (int i = 0; i < length; i++) {
            p[i] = i % 1000;
        }
        List<Parameter> one = List.of(new Parameter("a.weight", Parameter.Role.WEIGHT, 0, length));
        FlatVector values = FlatVector.of(Nd4j.createFromArray(p));
        FlatVector gradients = FlatVector.of(Nd4j.createFromArray(g));
        FlatOptimizer optimizer =
                new FlatOptimizer(
                        new Optimizer.Sgd(0, false),
                        Span.of(one, WeightDecay.NONE, List.of(), Map.of()),
                        length);

        optimizer.step(values, gradients, 0.5, 1);

        float[] after = Fixtures.elements(values);
        for (int i = 0; i < length; i++) {
            if (after[i] != i % 1000 - 0.25f) {
                assertThat(after[i]).as("element %d", i).isEqualTo(i % 1000 - 0.25f);
            }
        }
        assertThat(optimizer.gradientNorm(gradients))
                .isCloseTo(0.5 * Math.sqrt(length), within(1e-9));
    }

    @Test
    void constantsOutOfTheirBoundsAreNamed() {
        assertThatThrownBy(() -> new Optimizer.Sgd(1, false))
                .isInstanceOf(BadInput.class)
                .hasMessage("momentum must be from 0 to below 1, not 1");
        assertThatThrownBy(() -> new Optimizer.Sgd(0, true))
                .isInstanceOf(BadInput.class)
                .hasMessage("momentum with nesterov must be above 0, not 0");
    }
}
