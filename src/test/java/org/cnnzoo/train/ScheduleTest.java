package org.cnnzoo.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.train.Moment.Pace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ScheduleTest {
    private static final double LR = 0.4;

    static Stream<Arguments> byEpoch() {
        return Stream.of(
                Arguments.of("constant", new Schedule.Constant()),
                Arguments.of("step", new Schedule.Step(6, 0.3)),
                Arguments.of("multistep", new Schedule.MultiStep(List.of(3, 9, 15), 0.2)),
                Arguments.of("exponential", new Schedule.Exponential(0.9)),
                Arguments.of("cosine", new Schedule.Cosine(0.01)),
                Arguments.of("poly", new Schedule.Poly(2, 0)),
                Arguments.of("poly_floor", new Schedule.Poly(2, 0.01)),
                Arguments.of(
                        "warm_cosine", new Schedule.WarmUp(5, 0.01, new Schedule.Cosine(0.01))),
                Arguments.of("warm_step", new Schedule.WarmUp(2, 0.01, new Schedule.Step(6, 0.3))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("byEpoch")
    void byEpochIsTorchsSchedulerSteppedEachEpoch(String name, Schedule schedule) {
        JsonNode expected = Fixtures.read("schedules").get(name);
        for (int epoch = 0; epoch < 20; epoch++) {
            for (int step = 0; step < 7; step++) {
                assertThat(schedule.rate(LR, new Moment(epoch, step, 20, 7, Pace.EPOCH)))
                        .as("epoch %d, step %d", epoch, step)
                        .isCloseTo(expected.get(epoch).asDouble(), within(1e-12));
            }
        }
    }

    static Stream<Arguments> byIteration() {
        return Stream.of(
                Arguments.of("cosine_by_iteration", new Schedule.Cosine(0.01)),
                Arguments.of(
                        "warm_cosine_by_iteration",
                        new Schedule.WarmUp(1, 0.01, new Schedule.Cosine(0.01))),
                Arguments.of("onecycle", new Schedule.OneCycle(0.001)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("byIteration")
    void byIterationIsTorchsSchedulerSteppedEachStep(String name, Schedule schedule) {
        JsonNode expected = Fixtures.read("schedules").get(name);
        for (int i = 0; i < 28; i++) {
            assertThat(schedule.rate(LR, new Moment(i / 7, i % 7, 4, 7, Pace.ITERATION)))
                    .as("iteration %d", i)
                    .isCloseTo(expected.get(i).asDouble(), within(1e-12));
        }
    }

    static Stream<Arguments> ofTwoHundredSteps() {
        return Stream.of(
                Arguments.of("constant_200", new Schedule.Constant()),
                Arguments.of("step_200", new Schedule.Step(3, 0.3)),
                Arguments.of("multistep_200", new Schedule.MultiStep(List.of(2, 5), 0.2)),
                Arguments.of("exponential_200", new Schedule.Exponential(0.9)),
                Arguments.of("cosine_200", new Schedule.Cosine(0.01)),
                Arguments.of("poly_200", new Schedule.Poly(2, 0)),
                Arguments.of(
                        "warm_cosine_200", new Schedule.WarmUp(2, 0.01, new Schedule.Cosine(0.01))),
                Arguments.of("onecycle_200", new Schedule.OneCycle(0.001)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ofTwoHundredSteps")
    void followsTorchStepByStepFor200Steps(String name, Schedule schedule) {
        JsonNode expected = Fixtures.read("schedules").get(name);
        assertThat(expected).hasSize(200);
        for (int i = 0; i < 200; i++) {
            assertThat(schedule.rate(LR, new Moment(i / 25, i % 25, 8, 25, Pace.ITERATION)))
                    .as("step %d", i)
                    .isCloseTo(expected.get(i).asDouble(), within(1e-10));
        }
    }

    @Test
    void oneCycleNeedsNoRiseWhereTheStepsAreTooFew() {
        Schedule oneCycle = new Schedule.OneCycle(0);
        for (int steps = 1; steps <= 4; steps++) {
            for (int i = 0; i < steps; i++) {
                assertThat(oneCycle.rate(LR, new Moment(0, i, 1, steps, Pace.ITERATION)))
                        .as("step %d of %d", i, steps)
                        .isBetween(0.0, LR);
            }
        }
    }

    @Test
    void boundsAreNamedByTheirFlags() {
        assertThatThrownBy(() -> new Schedule.Step(0, 0.1))
                .isInstanceOf(BadInput.class)
                .hasMessage("lr-step-size must be at least 1, not 0");
        assertThatThrownBy(() -> new Schedule.MultiStep(List.of(3, 3), 0.1))
                .isInstanceOf(BadInput.class)
                .hasMessage("lr-milestones must rise, not [3, 3]");
        assertThatThrownBy(() -> new Schedule.WarmUp(1, 0.01, new Schedule.OneCycle(0)))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("warms up by itself");
    }

    @Test
    void settingsRefuseAPaceThatTheScheduleCannotKeep() {
        assertThatThrownBy(
                        () ->
                                TrainSettings.builder(3, 8, 0.1)
                                        .schedule(new Schedule.OneCycle(0))
                                        .build())
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("onecycle");
        assertThatThrownBy(
                        () ->
                                TrainSettings.builder(3, 8, 0.1)
                                        .schedule(
                                                new Schedule.WarmUp(
                                                        1.5, 0.01, new Schedule.Constant()))
                                        .build())
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("whole");
        assertThatThrownBy(
                        () ->
                                TrainSettings.builder(3, 8, 0.1)
                                        .schedule(
                                                new Schedule.WarmUp(
                                                        4, 0.01, new Schedule.Constant()))
                                        .build())
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("must not exceed epochs (3)");
    }

    @Test
    void aPlateauLowersTheRateAsTorchsReduceLROnPlateau() {
        JsonNode expected = Fixtures.read("schedules").get("plateau");
        Schedule.Plateau plateau = new Schedule.Plateau(0.3, 2, 0.02);
        List<Double> losses = new ArrayList<>();
        assertThat(plateau.lowered(LR, losses)).isEqualTo(LR);
        for (JsonNode loss : expected.get("losses")) {
            losses.add(loss.asDouble());
            assertThat(plateau.lowered(LR, losses))
                    .as("after %s", losses)
                    .isCloseTo(expected.get("rates").get(losses.size()).asDouble(), within(1e-12));
        }
        assertThat(plateau.lowered(LR, losses)).isEqualTo(0.02);
    }
}
