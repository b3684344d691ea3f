package org.cnnzoo.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrialPlansTest {
    private static final String BEFORE =
            """
            base: {model: lenet5, epochs: 2}
            space:
              train.lr: [0.01, 0.1]
            strategy: grid
            """;

    private static Definition wider(String more) {
        return SweepReader.parse("p.yaml", BEFORE.replace("strategy", more.indent(2) + "strategy"));
    }

    private static TrialPlans plans(Definition sweep) {
        return new TrialPlans(Path.of(System.getProperty("cnn.home", ".")), Path.of(""), sweep);
    }

    private static Map<String, Object> completed(String more, Map<String, Object> values) {
        return plans(wider(more)).completed(new Point(values)).values();
    }

    @Test
    void anEarlierTrialHasTheDefaultsOfWhatVariesNow() {
        Map<String, Object> lr = Map.of("train.lr", 0.1);
        assertThat(completed("train.momentum: [0, 0.9]", lr)).containsEntry("train.momentum", 0.9);
        assertThat(completed("train.batch-size: {integer: [16, 128]}", lr))
                .containsEntry("train.batch-size", 64L);
        assertThat(completed("train.nesterov: [true, false]", lr))
                .containsEntry("train.nesterov", false);
        assertThat(completed("train.class-weights: [none, balanced]", lr))
                .containsEntry("train.class-weights", "none");
        assertThat(completed("params.dropout: [0.0, 0.5]", lr))
                .containsEntry("params.dropout", 0.0);
    }

    @Test
    void aValueThatTheSpaceHasNotIsLeftOut() {
        Map<String, Object> lr = Map.of("train.lr", 0.1);
        assertThat(completed("train.momentum: [0, 0.5]", lr)).isEqualTo(lr);
        assertThat(completed("train.momentum: {uniform: [0, 0.5], points: 3}", lr)).isEqualTo(lr);
        // Of what depends on another value too
        String conditional =
                "train.opt: [adam, sgd]\n"
                        + "train.opt-eps: {choice: [1e-8, 1e-6], when: {train.opt: adam}}";
        assertThat(completed(conditional, lr))
                .isEqualTo(Map.of("train.lr", 0.1, "train.opt", "sgd"));
    }

    @Test
    void aWiderGridTrainsNothingAgain() {
        Definition sweep = wider("train.momentum: [0.0, 0.9]");
        SweepState state =
                SweepState.of(
                        IntStream.of(1, 2)
                                .<Event>mapToObj(
                                        id ->
                                                new Event.Proposed(
                                                        0,
                                                        id,
                                                        Map.of("train.lr", id == 1 ? 0.01 : 0.1)))
                                .toList());
        List<Map<String, Object>> next =
                Upcoming.of(sweep, plans(sweep), state, 3, 100).stream()
                        .map(proposal -> proposal.point().values())
                        .toList();
        assertThat(next).containsExactly(values(0.01, 0.0), values(0.1, 0.0));
    }

    private static Map<String, Object> values(double lr, double momentum) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("train.lr", lr);
        values.put("train.momentum", momentum);
        return values;
    }
}
