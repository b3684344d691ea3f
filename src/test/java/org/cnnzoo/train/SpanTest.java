package org.cnnzoo.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cnnzoo.build.Parameter;
import org.cnnzoo.build.Parameter.Role;
import org.cnnzoo.errors.BadInput;
import org.junit.jupiter.api.Test;

class SpanTest {
    private static final List<Parameter> PARAMETERS =
            List.of(
                    new Parameter("features.0.weight", Role.WEIGHT, 0, 10),
                    new Parameter("features.0.bias", Role.BIAS, 10, 2),
                    new Parameter("features.1.scale", Role.NORM, 12, 2),
                    new Parameter("features.1.mean", Role.RUNNING, 14, 2),
                    new Parameter("head.weight", Role.WEIGHT, 16, 5));

    @Test
    void neighboursThatAreTreatedAlikeAreOne() {
        assertThat(Span.of(PARAMETERS, WeightDecay.ofAll(0.1), List.of(), Map.of()))
                .containsExactly(
                        new Span(0, 14, true, 0.1, 1),
                        new Span(14, 2, false, 0, 1),
                        new Span(16, 5, true, 0.1, 1));
        assertThat(Span.of(PARAMETERS, WeightDecay.ofAll(0.1).withNorms(0), List.of(), Map.of()))
                .contains(new Span(0, 12, true, 0.1, 1), new Span(12, 2, true, 0, 1));
    }

    @Test
    void aDecayOfBiasesIsThatOfNormalisationsShiftsToo() {
        List<Parameter> norm =
                List.of(
                        new Parameter("bn.weight", Role.NORM, 0, 3),
                        new Parameter("bn.bias", Role.NORM, 3, 3));
        WeightDecay all = WeightDecay.ofAll(0.1);
        assertThat(Span.of(norm, all.withBiases(0), List.of(), Map.of()))
                .containsExactly(new Span(0, 3, true, 0.1, 1), new Span(3, 3, true, 0, 1));
        // As torchvision's set_weight_decay: the key "bias" comes before the normalisations
        assertThat(Span.of(norm, all.withNorms(0.2).withBiases(0.3), List.of(), Map.of()))
                .containsExactly(new Span(0, 3, true, 0.2, 1), new Span(3, 3, true, 0.3, 1));
        assertThat(Span.of(norm, all.withNorms(0), List.of(), Map.of()))
                .containsExactly(new Span(0, 6, true, 0, 1));
    }

    @Test
    void frozenParametersAreLeftOutWithTheirStatistics() {
        assertThat(Span.of(PARAMETERS, WeightDecay.NONE, List.of("features.*"), Map.of()))
                .containsExactly(new Span(16, 5, true, 0, 1));
    }

    @Test
    void factorsOfTheRateGoByPatternTheLastThatFits() {
        Map<String, Double> rates = new LinkedHashMap<>();
        rates.put("features.*", 0.1);
        rates.put("*.bias", 2.0);
        assertThat(Span.of(PARAMETERS, WeightDecay.NONE, List.of(), rates))
                .containsExactly(
                        new Span(0, 10, true, 0, 0.1),
                        new Span(10, 2, true, 0, 2),
                        new Span(12, 2, true, 0, 0.1),
                        new Span(14, 2, false, 0, 0.1),
                        new Span(16, 5, true, 0, 1));
    }

    @Test
    void aPatternThatFitsNothingIsAnError() {
        assertThatThrownBy(
                        () ->
                                Span.of(
                                        PARAMETERS,
                                        WeightDecay.NONE,
                                        List.of("head.weigth"),
                                        Map.of()))
                .isInstanceOf(BadInput.class)
                .hasMessage(
                        "--freeze: no parameter's name fits 'head.weigth'; did you mean"
                                + " 'head.weight'?");
        assertThatThrownBy(() -> ParameterGlob.of("--freeze", "feature.*", List.of("features.0.a")))
                .hasMessageContaining("did you mean 'features.*'?");
    }
}
