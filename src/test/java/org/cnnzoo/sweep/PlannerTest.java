package org.cnnzoo.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
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
                                ? new Event.Failed(0, 4, 0, "the loss became NaN")
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
        assertThat(asha.epochs()).isLessThanOrEqualTo(full.epochs() / 3);
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
        for (String strategy :
                List.of("random", "sobol", "latin-hypercube", "{tpe: {startup: 3}}")) {
            for (int seed = 0; seed < 20; seed++) {
                Definition sweep =
                        SweepReader.parse(
                                "p.yaml",
                                """
                                base: {model: lenet5}
                                space:
                                  train.opt: [sgd, adam]
                                  train.lr: [0.1, 0.02, 0.01, 0.005, 0.001, 0.0001]
                                strategy: %s
                                budget: {trials: 50}
                                seed: %d
                                """
                                        .formatted(strategy, seed));
                assertThat(SweepState.of(finished(sweep, List.of())).trials())
                        .as("%s, seed %d", strategy, seed)
                        .hasSize(12)
                        .extracting(Trial::point)
                        .doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void aHypercubeWhoseSlicesHoldAlikePointsHasAllItsTrials() {
        for (int seed = 0; seed < 20; seed++) {
            Definition sweep =
                    SweepReader.parse(
                            "p.yaml",
                            """
                            base: {model: lenet5, lr: 0.01}
                            space:
                              train.opt: [sgd, adam]
                              train.momentum: {uniform: [0, 0.99], when: {train.opt: sgd}}
                              train.batch-size: [32, 64]
                            strategy: latin-hypercube
                            budget: {trials: 8}
                            seed: %d
                            """
                                    .formatted(seed));
            SweepState state = new SweepState();
            for (int id = 1; id <= 8; id++) {
                Planner.Step step = next(sweep, state).orElseThrow();
                assertThat(step).isInstanceOf(Planner.Propose.class);
                Point point = ((Planner.Propose) step).point();
                state.apply(new Event.Proposed(0, id, point.values()));
                state.apply(new Event.Started(0, id, EPOCHS));
                state.apply(new Event.Reached(0, id, EPOCHS, true, 0.5, Map.of()));
            }
            assertThat(next(sweep, state)).isEmpty();
            assertThat(state.trials()).extracting(Trial::point).doesNotHaveDuplicates();
        }
    }

    @Test
    void withoutPruningEveryPrunedTrialGoesToItsEnd() {
        List<Event> pruned = finished(fourRates("grid", "prune: asha"), List.of());
        SweepState before = SweepState.of(pruned);
        assertThat(before.trials()).anyMatch(t -> t.status() == Trial.Status.PAUSED);
        SweepState state = SweepState.of(finished(fourRates("grid", ""), pruned));
        assertThat(state.trials())
                .filteredOn(t -> t.id() != 4) // it failed
                .allMatch(t -> t.status() == Trial.Status.DONE);
        Definition enoughForNone =
                fourRates("grid", "budget: {epochs: %d}".formatted(before.epochs()));
        assertThat(next(enoughForNone, before)).isEmpty();
    }

    @Test
    void prunedTrialsGoOnToTheRungsOfAnotherPruning() {
        List<Event> pruned = finished(fourRates("grid", "prune: asha"), List.of());
        Definition other = fourRates("grid", "prune: {asha: {min-epochs: 2, eta: 2}}");
        SweepState state = SweepState.of(finished(other, pruned));
        assertThat(state.trials())
                .filteredOn(t -> t.id() != 4)
                .allMatch(t -> List.of(2, 4, 8, EPOCHS).contains(t.epochs()));
        assertThat(state.trials()).anyMatch(t -> t.status() == Trial.Status.DONE);
    }

    /** A sweep over four rates alone. */
    private static Definition fourRates(String strategy, String more) {
        return SweepReader.parse(
                "p.yaml",
                "base: {model: lenet5}\nspace: {train.lr: [0.01, 0.1, 0.02, 0.5]}\nstrategy: "
                        + strategy
                        + "\n"
                        + more);
    }

    @Test
    void theBestGoesToTheEndAlsoWhereTheSpaceIsUsedUpBeforeTheBudget() {
        for (String strategy : List.of("grid", "random")) {
            for (String prune : List.of("asha", "halving")) {
                Definition sweep =
                        fourRates(strategy, "budget: {trials: 10}\nprune: %s".formatted(prune));
                SweepState state = SweepState.of(finished(sweep, List.of()));
                assertThat(state.trials()).as(strategy + prune).hasSize(4);
                assertThat(state.trials())
                        .filteredOn(t -> t.status() == Trial.Status.DONE)
                        .as(strategy + prune)
                        .isNotEmpty();
            }
        }
    }

    @Test
    void aValueThatIsNoNumberIsNeverTheBest() {
        Definition sweep =
                fourRates(
                        "random", "budget: {trials: 2}\nprune: asha\nmetric: {minimize: val_loss}");
        List<Event> events = new ArrayList<>();
        for (int id = 1; id <= 2; id++) {
            double loss = id == 1 ? 0.3 : Double.NaN;
            events.add(new Event.Proposed(0, id, Map.of("train.lr", id / 100.0)));
            events.add(new Event.Started(0, id, 1));
            events.add(new Event.Reached(0, id, 1, false, loss, Map.of()));
        }
        SweepState state = SweepState.of(events);
        Planner.Step step = next(sweep, state).orElseThrow();
        assertThat(((Planner.Work) step).job().id()).isEqualTo(1);
        assertThat(state.best(sweep.objective()).orElseThrow().id()).isEqualTo(1);
    }

    @Test
    void epochsOfAnEarlierSessionAreSpentTooIfTheTrialFailsLater() {
        SweepState state =
                SweepState.of(
                        List.of(
                                new Event.Proposed(0, 1, Map.of("train.lr", 0.1)),
                                new Event.Started(0, 1, EPOCHS),
                                new Event.EpochDone(1, 1, 1),
                                new Event.EpochDone(2, 1, 2),
                                new Event.Stopped(7, 1),
                                new Event.Started(7, 1, EPOCHS),
                                new Event.Failed(8, 1, 0, "the loss became NaN")));
        assertThat(state.epochs()).isEqualTo(2);
    }

    @Test
    void whatAFailedTrialTrainedIsSpent() {
        SweepState state =
                SweepState.of(
                        List.of(
                                new Event.Proposed(0, 1, Map.of("train.lr", 0.1)),
                                new Event.Started(0, 1, EPOCHS),
                                new Event.Failed(0, 1, 8, "the loss became NaN")));
        assertThat(state.epochs()).isEqualTo(8);
        Definition sweep = fourRates("random", "budget: {trials: 4, epochs: 16}");
        assertThat(next(sweep, state)).isEmpty();
    }

    @Test
    void aBudgetOfEpochsAloneEndsASweep() {
        SweepState state =
                SweepState.of(finished(sweep("random", "budget: {epochs: 40}"), List.of()));
        assertThat(state.trials()).hasSize(5); // trial 4 fails at once
        assertThat(state.epochs()).isEqualTo(36);
    }

    @Test
    void wholeTrialsAreComparedByTheirValueHoweverLongTheyAre() {
        Definition sweep =
                SweepReader.parse(
                        "p.yaml",
                        """
                        base: {model: lenet5}
                        space: {train.epochs: [5, 10, 20], train.lr: {uniform: [0.1, 0.2]}}
                        strategy: tpe
                        budget: {trials: 100}
                        """);
        List<Seen> history = new ArrayList<>();
        for (int i = 0; i < 21; i++) {
            int epochs = List.of(5, 10, 20).get(i % 3);
            double loss = epochs == 20 ? 0.9 : epochs / 100.0;
            Point point =
                    new Point(Map.of("train.epochs", (long) epochs, "train.lr", 0.1 + i / 210.0));
            history.add(new Seen(point, OptionalDouble.of(loss), epochs, true));
        }
        int shortest = 0;
        for (int id = 22; id < 62; id++) {
            Draw draw = new Draw(1, id, id - 1, 100, 0);
            Point point = sweep.strategy().propose(sweep.space(), draw, history).orElseThrow();
            shortest += point.values().get("train.epochs").equals(5L) ? 1 : 0;
        }
        assertThat(shortest).isGreaterThan(25);
    }
}
