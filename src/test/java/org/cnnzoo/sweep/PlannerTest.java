package org.cnnzoo.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whole sweeps of trials that only pretend: their accuracy is a formula. */
class PlannerTest {
    private static final int EPOCHS = 9;

    private static Definition sweep(String strategy, String more) {
        return SweepReader.parse(
                "p.yaml",
                """
                base: {model: lenet5}
                space:
                  train.opt: [sgd, adam]
                  train.lr: {log-uniform: [1e-4, 1]}
                  train.momentum: {uniform: [0, 0.99], when: {train.opt: sgd}}
                strategy: %s
                %s
                seed: 3
                """
                        .formatted(strategy, more));
    }

    /** Best near a rate of 0.01; grows with the epochs. */
    private static double accuracy(Point point, int epochs) {
        double lr = (Double) point.values().get("train.lr");
        double off = Math.log10(lr) + 2;
        return 0.9 - 0.1 * off * off - 0.3 / epochs;
    }

    private static Optional<Planner.Step> next(Definition sweep, SweepState state) {
        return new Planner(sweep, point -> EPOCHS).next(state, Set.of());
    }

    /** Goes on from some events until nothing is left; one trial at a time. */
    private static List<Event> finished(Definition sweep, List<Event> before) {
        List<Event> events = new ArrayList<>(before);
        SweepState state = SweepState.of(events);
        for (Optional<Planner.Step> step = next(sweep, state);
                step.isPresent();
                step = next(sweep, state)) {
            List<Event> more = new ArrayList<>();
            if (step.get() instanceof Planner.Propose p) {
                more.add(new Event.Proposed(0, p.id(), p.point().values()));
            } else if (step.get() instanceof Planner.Work work) {
                Job job = work.job();
                more.add(new Event.Started(0, job.id(), job.toEpoch()));
                more.add(
                        job.id() == 4
                                ? new Event.Failed(0, 4, "the loss became NaN")
                                : new Event.Reached(
                                        0,
                                        job.id(),
                                        job.toEpoch(),
                                        job.toEpoch() == EPOCHS,
                                        accuracy(job.point(), job.toEpoch()),
                                        Map.of()));
            }
            more.forEach(state::apply);
            events.addAll(more);
            assertThat(events).hasSizeLessThan(2000);
        }
        return events;
    }

    private static void assertAnyInterruptionChangesNothing(Definition sweep) {
        List<Event> whole = finished(sweep, List.of());
        List<Trial> expected = SweepState.of(whole).trials();
        for (int kept = 0; kept < whole.size(); kept++) {
            List<Event> events = finished(sweep, whole.subList(0, kept));
            assertThat(SweepState.of(events).trials())
                    .as("after %d events", kept)
                    .isEqualTo(expected);
        }
    }

    @Test
    void aSweepKilledAfterAnyEventComesToTheSameTrials() {
        for (String strategy :
                List.of("random", "sobol", "latin-hypercube", "{tpe: {startup: 4}}")) {
            assertAnyInterruptionChangesNothing(sweep(strategy, "budget: {trials: 12}"));
        }
        assertAnyInterruptionChangesNothing(sweep("random", "budget: {trials: 14}\nprune: asha"));
        assertAnyInterruptionChangesNothing(
                sweep("random", "budget: {trials: 14}\nprune: halving"));
        assertAnyInterruptionChangesNothing(
                sweep("{tpe: {startup: 4}}", "budget: {trials: 14}\nprune: {asha: {eta: 2}}"));
    }

    @Test
    void aFailedTrialIsARowAndNotTheEnd() {
        SweepState state =
                SweepState.of(finished(sweep("random", "budget: {trials: 6}"), List.of()));
        assertThat(state.trials()).hasSize(6);
        assertThat(state.find(4).orElseThrow().status()).isEqualTo(Trial.Status.FAILED);
        assertThat(state.find(4).orElseThrow().error()).contains("NaN");
        assertThat(state.trials()).filteredOn(t -> t.status() == Trial.Status.DONE).hasSize(5);
    }

    @Test
    void halvingLetsTheBestThirdOfEachRungGoOn() {
        SweepState state =
                SweepState.of(
                        finished(
                                sweep("random", "budget: {trials: 28}\nprune: halving"),
                                List.of()));
        Objective objective = Objective.DEFAULT;
        // Trial 4 failed: 27 of 28 came to the first rung, 9 to the second, 3 to the end
        assertThat(state.trials()).filteredOn(t -> t.rungs().containsKey(1)).hasSize(27);
        assertThat(state.trials()).filteredOn(t -> t.rungs().containsKey(3)).hasSize(9);
        assertThat(state.trials()).filteredOn(t -> t.rungs().containsKey(EPOCHS)).hasSize(3);
        assertThat(state.epochs()).isEqualTo(27 + 9 * 2 + 3 * 6);
        double best = state.best(objective).orElseThrow().value().orElseThrow();
        assertThat(state.trials())
                .filteredOn(t -> t.status() != Trial.Status.FAILED)
                .allSatisfy(t -> assertThat(accuracy(t.point(), EPOCHS)).isLessThanOrEqualTo(best));
    }

    @Test
    void ashaFindsWhatFullTrainingFindsForAThirdOfTheEpochs() {
        SweepState full =
                SweepState.of(finished(sweep("random", "budget: {trials: 27}"), List.of()));
        SweepState asha =
                SweepState.of(
                        finished(sweep("random", "budget: {trials: 27}\nprune: asha"), List.of()));
        Trial one = full.best(Objective.DEFAULT).orElseThrow();
        Trial other = asha.best(Objective.DEFAULT).orElseThrow();
        assertThat(other.id()).isEqualTo(one.id());
        assertThat(other.value()).isEqualTo(one.value());
        assertThat(asha.epochs()).isLessThan(full.epochs() * 4 / 10);
    }

    @Test
    void moreTrialsAndAnotherStrategyAreAddedToAFinishedSweep() {
        List<Event> events = finished(sweep("random", "budget: {trials: 5}"), List.of());
        List<Event> all = new ArrayList<>(events);
        all.add(new Event.Defined(0, 6, "p", "sobol", 3, 9, ""));
        SweepState state = SweepState.of(finished(sweep("sobol", "budget: {trials: 9}"), all));
        assertThat(state.trials()).hasSize(9);
        assertThat(state.trials().subList(0, 5)).isEqualTo(SweepState.of(events).trials());
        assertThat(state.trials().stream().map(Trial::point)).doesNotHaveDuplicates();
    }

    @Test
    void theEpochsBudgetEndsTheSweep() {
        SweepState state =
                SweepState.of(
                        finished(sweep("random", "budget: {trials: 20, epochs: 30}"), List.of()));
        // Trial 4's process failed and has no epoch; 3 whole ones fit, the next would be beyond
        assertThat(state.epochs()).isEqualTo(27);
    }

    @Test
    void aSmallSpaceIsUsedUpWithoutARepetition() {
        Definition sweep =
                SweepReader.parse(
                        "p.yaml",
                        """
                        base: {model: lenet5}
                        space: {train.opt: [sgd, adam], train.lr: [0.1, 0.01]}
                        strategy: random
                        budget: {trials: 50}
                        """);
        assertThat(SweepState.of(finished(sweep, List.of())).trials())
                .hasSize(4)
                .extracting(Trial::point)
                .doesNotHaveDuplicates();
    }
}
