package org.cnnzoo.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.cnnzoo.errors.WorkFailed;
import org.cnnzoo.run.EpochRecord;
import org.cnnzoo.run.RunFolder;
import org.cnnzoo.train.StopSignal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The loop, with trials that only pretend. */
class SweepTest {
    private static final TrialRunner.Cost COST = new TrialRunner.Cost(1, 1);

    @TempDir private Path folder;

    private final StopSignal stop = new StopSignal();

    private Path journal() {
        return SweepFolder.journal(folder);
    }

    private static EpochRecord epoch(int number) {
        return new EpochRecord(number, number, 0.1, 1, 0.5, 1, 0.5, 0.9, 100, 1, 0);
    }

    /** What a whole trial leaves behind. */
    private void leaveRun(int id) throws Exception {
        try (RunFolder run = RunFolder.createAt(SweepFolder.run(folder, id))) {
            run.metrics().append(epoch(1));
            Files.writeString(run.files().result(), "{}");
        }
    }

    private void awaitStop() throws InterruptedException {
        while (!stop.requested()) {
            Thread.sleep(5);
        }
    }

    /** Begins a sweep, or goes on with it. */
    private Sweep sweep(String budget, StopSignal signal, TrialRunner runner) {
        Definition definition =
                SweepReader.parse(
                        "s.yaml",
                        """
                        base: {model: lenet5, epochs: 4}
                        space: {train.lr: [0.1]}
                        strategy: grid
                        budget: {%s}
                        """
                                .formatted(budget));
        List<Event> events = Files.exists(journal()) ? Journal.read(journal()) : List.of();
        Path home = Path.of(System.getProperty("cnn.home", "."));
        try (Journal journal = Journal.open(journal())) {
            Sweep sweep =
                    new Sweep(
                            definition,
                            folder,
                            journal,
                            events,
                            new TrialPlans(home, Path.of(""), definition),
                            runner,
                            SweepListener.NONE,
                            signal);
            sweep.run(1);
            return sweep;
        }
    }

    private SweepState state() {
        return SweepState.of(Journal.read(journal()));
    }

    @Test
    void theTimeOfTrialsThatWereStoppedIsSpent() {
        TrialRunner stopped =
                (job, epochs) -> {
                    sleep(300);
                    stop.request();
                    return Optional.empty();
                };
        sweep("trials: 1", stop, stopped);
        assertThat(state().elapsed()).isGreaterThanOrEqualTo(0.3);
        assertThat(state().trials()).extracting(Trial::status).containsOnly(Trial.Status.RUNNING);
    }

    @Test
    void theTimeOfEveryEpochIsNotedAsAKilledSweepHasNoOtherWord() {
        double[] noted = {-1}; // an assertion in a runner would fail its trial alone
        TrialRunner killed =
                (job, epochs) -> {
                    sleep(200);
                    epochs.accept(epoch(1));
                    noted[0] = state().elapsed();
                    stop.request();
                    return Optional.empty();
                };
        sweep("trials: 1", stop, killed);
        assertThat(Journal.read(journal())).anyMatch(Event.EpochDone.class::isInstance);
        assertThat(noted[0]).isGreaterThanOrEqualTo(0.2);
    }

    @Test
    void aTrialThatFailsInALaterSessionHasTheEpochsOfAllOfThem() {
        TrialRunner three =
                (job, epochs) -> {
                    for (int number = 1; number <= 3; number++) {
                        epochs.accept(epoch(number));
                    }
                    stop.request();
                    return Optional.empty();
                };
        sweep("trials: 1", stop, three);
        TrialRunner fails =
                (job, epochs) -> {
                    throw new WorkFailed("the loss became NaN");
                };
        sweep("trials: 1", new StopSignal(), fails);
        Trial trial = state().find(1).orElseThrow();
        assertThat(trial.status()).isEqualTo(Trial.Status.FAILED);
        assertThat(trial.spent()).isEqualTo(3);
    }

    @Test
    void aSweepWhoseTimeRunsOutWhileItsLastTrialEndsWasNotInterrupted() {
        TrialRunner late =
                (job, epochs) -> {
                    try {
                        awaitStop();
                        leaveRun(job.id());
                    } catch (Exception e) {
                        throw new WorkFailed(e.toString(), e);
                    }
                    return Optional.of(COST);
                };
        Sweep sweep = sweep("trials: 1, time: 0.2s", stop, late);
        assertThat(state().trials()).extracting(Trial::status).containsOnly(Trial.Status.DONE);
        assertThat(stop.requested()).isTrue();
        assertThat(sweep.wasInterrupted()).isFalse();
        assertThat(sweep.timeIsUp()).isFalse();
    }

    @Test
    void aSweepThatSomebodyStopsWasInterrupted() {
        TrialRunner stopped =
                (job, epochs) -> {
                    stop.request();
                    return Optional.empty();
                };
        Sweep sweep = sweep("trials: 1, time: 1h", stop, stopped);
        assertThat(sweep.wasInterrupted()).isTrue();
        assertThat(sweep.timeIsUp()).isFalse();
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
