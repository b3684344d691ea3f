package org.cnnzoo.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.cnnzoo.errors.WorkFailed;
import org.cnnzoo.run.Checkpoint;
import org.cnnzoo.run.CheckpointFile;
import org.cnnzoo.run.FlatVector;
import org.cnnzoo.run.RunFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The mathematics of data-parallel training, with replicas in this process. */
class ReplicasTest {
    private static final int INPUTS = 16;

    @TempDir private Path folder;

    private static TrainSettings.Builder settings(int batchSize, Optimizer optimizer) {
        return TrainSettings.builder(2, batchSize, 0.05)
                .optimizer(optimizer)
                .weightDecay(WeightDecay.ofAll(1e-3))
                .schedule(new Schedule.Cosine(0))
                .pace(Moment.Pace.ITERATION)
                .seed(1);
    }

    /** Each part on a replica of its own; two of them, as where one died, do the same part. */
    private static final class Here implements Replicas {
        private final TrainSettings settings;
        private final TrainData data;
        private final int parts;
        private final Sync sync;
        private final int every;
        private final List<Replica> replicas = new ArrayList<>();
        private long poisoned = -1;

        Here(TrainSettings settings, TrainData data, int parts, Sync sync, int every) {
            this.settings = settings;
            this.data = data;
            this.parts = parts;
            this.sync = sync;
            this.every = every;
        }

        @Override
        public int parts() {
            return parts;
        }

        @Override
        public Sync sync() {
            return sync;
        }

        @Override
        public int every() {
            return every;
        }

        private Replica replica() {
            TinyNetwork network = new TinyNetwork(INPUTS, TinyData.CLASSES);
            network.poisoned = poisoned;
            return new Replica(
                    settings, network, data.train(), data.augmentation(), TinyData.CLASSES);
        }

        @Override
        public List<Part> round(Round round) {
            while (replicas.size() < parts) {
                replicas.add(replica());
            }
            replicas.set((int) (round.steps() % parts), replica()); // a new one knows as much
            return IntStream.range(0, parts)
                    .mapToObj(p -> replicas.get(parts - 1 - p).part(round, p))
                    .toList();
        }
    }

    private Checkpoint trained(String name, TrainSettings settings, Optional<Replicas> replicas) {
        return process(name, settings, replicas, Long.MAX_VALUE);
    }

    /** One process: starts a run, or goes on with it, until so many updates are done. */
    private Checkpoint process(
            String name, TrainSettings settings, Optional<Replicas> replicas, long until) {
        Path path = folder.resolve(name);
        boolean resumes = Files.exists(path);
        StopSignal stop = new StopSignal();
        TrainListener stopping =
                new TrainListener() {
                    @Override
                    public void stepDone(StepReport report) {
                        if (report.iteration() >= until) {
                            stop.request();
                        }
                    }
                };
        try (RunFolder run = resumes ? RunFolder.open(path) : RunFolder.createAt(path)) {
            Trainer trainer =
                    new Trainer(
                            settings,
                            new TinyNetwork(INPUTS, TinyData.CLASSES),
                            TinyData.of(50, 31),
                            TinyData.PROVENANCE,
                            run,
                            stopping,
                            stop,
                            replicas);
            Outcome outcome = resumes ? trainer.resume() : trainer.start();
            assertThat(outcome.end() == Outcome.End.INTERRUPTED).isEqualTo(stop.requested());
            return CheckpointFile.read(run.files().last());
        }
    }

    @Test
    void stoppedBehindAnyStepItResumesToTheSameBits() {
        for (Sync sync : Sync.values()) {
            TrainSettings settings = settings(8, new Optimizer.Adam()).build();
            Checkpoint whole = distributed("whole-" + sync, settings, 2, sync, 3);
            // 13 batches of a part's size: the last round of the epoch isn't full
            for (int iteration = 1; iteration < 7; iteration++) {
                String name = "stopped-%s-%d".formatted(sync, iteration);
                Optional<Replicas> here =
                        Optional.of(new Here(settings, TinyData.of(50, 31), 2, sync, 3));
                process(name, settings, here, iteration);
                Checkpoint end = process(name, settings, here, Long.MAX_VALUE);
                assertThat(FlatVector.copy(end.values()))
                        .as(name)
                        .isEqualTo(FlatVector.copy(whole.values()));
                assertThat(end.progress().iteration()).isEqualTo(whole.progress().iteration());
            }
        }
    }

    private Checkpoint distributed(
            String name, TrainSettings settings, int parts, Sync sync, int every) {
        return trained(
                name,
                settings,
                Optional.of(new Here(settings, TinyData.of(50, 31), parts, sync, every)));
    }

    private static float[] weights(Checkpoint checkpoint) {
        float[] all = FlatVector.copy(checkpoint.values());
        return java.util.Arrays.copyOf(all, all.length - INPUTS);
    }

    private static float[] statistics(Checkpoint checkpoint) {
        float[] all = FlatVector.copy(checkpoint.values());
        return java.util.Arrays.copyOfRange(all, all.length - INPUTS, all.length);
    }

    private static double distance(float[] a, float[] b) {
        double greatest = 0;
        for (int i = 0; i < a.length; i++) {
            greatest = Math.max(greatest, Math.abs(a[i] - b[i]));
        }
        return greatest;
    }

    @Test
    void gradientsOfPartsAreThoseOfAccumulationBitByBit() {
        for (Optimizer optimizer : List.of(new Optimizer.Sgd(0.9, false), new Optimizer.AdamW())) {
            String name = optimizer.getClass().getSimpleName();
            TrainSettings eight = settings(8, optimizer).clipGradNorm(0.5).emaDecay(0.9).build();
            TrainSettings twice =
                    settings(4, optimizer)
                            .clipGradNorm(0.5)
                            .emaDecay(0.9)
                            .gradAccumSteps(2)
                            .build();
            Checkpoint two = distributed(name, eight, 2, Sync.GRADIENTS, 1);
            Checkpoint one = trained(name + "-one", twice, Optional.empty());
            assertThat(weights(two)).isEqualTo(weights(one));
            assertThat(FlatVector.copy(two.trained().orElseThrow()))
                    .startsWith(
                            java.util.Arrays.copyOf(
                                    FlatVector.copy(one.trained().orElseThrow()),
                                    weights(one).length));
            assertThat(two.optimizer().keySet()).isEqualTo(one.optimizer().keySet());
            assertThat(two.progress().iteration()).isEqualTo(one.progress().iteration());
        }
    }

    @Test
    void severalBatchesBetweenTwoUpdatesAreAccumulatedToo() {
        TrainSettings eight = settings(8, new Optimizer.AdamW()).build();
        TrainSettings accumulated = settings(4, new Optimizer.AdamW()).gradAccumSteps(6).build();
        Checkpoint two = distributed("two", eight, 2, Sync.GRADIENTS, 3);
        Checkpoint one = trained("one", accumulated, Optional.empty());
        assertThat(two.progress().iteration()).isEqualTo(one.progress().iteration());
        assertThat(distance(weights(two), weights(one))).isLessThan(1e-5);
    }

    @Test
    void averagedParametersAreSummedGradientsForPlainDescentAndOneStep() {
        TrainSettings sgd = settings(8, new Optimizer.Sgd(0.9, false)).build();
        Checkpoint averaged = distributed("averaged", sgd, 2, Sync.PARAMETERS, 1);
        Checkpoint summed = distributed("summed", sgd, 2, Sync.GRADIENTS, 1);
        assertThat(distance(weights(averaged), weights(summed))).isLessThan(1e-5);
        assertThat(distance(statistics(averaged), statistics(summed))).isLessThan(1e-5);
        assertThat(averaged.progress().iteration()).isEqualTo(summed.progress().iteration());
    }

    @Test
    void averagingIsAnotherTrainingForAdamAndForSeveralSteps() {
        TrainSettings adam = settings(8, new Optimizer.Adam()).build();
        Checkpoint averaged = distributed("averaged", adam, 2, Sync.PARAMETERS, 1);
        Checkpoint summed = distributed("summed", adam, 2, Sync.GRADIENTS, 1);
        assertThat(distance(weights(averaged), weights(summed))).isGreaterThan(1e-4);
        assertThat(averaged.optimizer().keySet()).isEqualTo(summed.optimizer().keySet());
        TrainSettings sgd = settings(8, new Optimizer.Sgd(0.9, false)).build();
        Checkpoint third = distributed("third", sgd, 2, Sync.PARAMETERS, 3);
        // 50 images by 8, twice, whatever is brought together when
        assertThat(third.progress().iteration()).isEqualTo(14);
        Checkpoint each = distributed("each", sgd, 2, Sync.PARAMETERS, 1);
        assertThat(distance(weights(third), weights(each))).isGreaterThan(1e-5);
    }

    @Test
    void oneReplicaIsTheTrainingItself() {
        for (Sync sync : Sync.values()) {
            TrainSettings settings =
                    settings(8, new Optimizer.Adam()).classWeights(ClassWeights.BALANCED).build();
            Checkpoint alone = trained("alone-" + sync, settings, Optional.empty());
            Checkpoint replica = distributed("replica-" + sync, settings, 1, sync, 1);
            assertThat(FlatVector.copy(replica.values()))
                    .isEqualTo(FlatVector.copy(alone.values()));
            replica.optimizer()
                    .forEach(
                            (slot, vector) ->
                                    assertThat(FlatVector.copy(vector))
                                            .isEqualTo(
                                                    FlatVector.copy(alone.optimizer().get(slot))));
        }
    }

    @Test
    void runningStatisticsAreTheMeanOfWhatThePartsLedTo() {
        TrainSettings settings =
                settings(8, new Optimizer.Sgd(0.9, false)).limitTrainBatches(1).build();
        Here here = new Here(settings, TinyData.of(50, 31), 2, Sync.GRADIENTS, 1);
        TrainState state = new TrainState(new TinyNetwork(INPUTS, TinyData.CLASSES), settings);
        float[] before = state.valuesCopy();
        Round round =
                new Round(
                        Sync.GRADIENTS,
                        2,
                        0,
                        0,
                        2,
                        0,
                        0,
                        new double[] {0.05},
                        before,
                        new float[0][]);
        List<Part> parts = here.round(round);
        state.bringTogether(parts, round, 1, 0.05, true);
        float[] after = state.valuesCopy();
        for (int i = before.length - INPUTS; i < before.length; i++) {
            float first = before[i] - parts.get(0).vector()[i];
            float second = before[i] - parts.get(1).vector()[i];
            assertThat(first).isNotEqualTo(second);
            assertThat((double) after[i]).isCloseTo((first + second) / 2, within(1e-6));
        }
    }

    @Test
    void aLossThatIsNotFiniteNamesItsBatch() {
        TrainSettings settings = settings(8, new Optimizer.Sgd(0.9, false)).build();
        Here here = new Here(settings, TinyData.of(50, 31), 2, Sync.GRADIENTS, 1);
        here.poisoned = 5;
        assertThatThrownBy(() -> trained("bad", settings, Optional.of(here)))
                .isInstanceOf(WorkFailed.class)
                .hasMessageContaining("epoch 1, iteration 3")
                .hasMessageContaining("batch 6: train#");
    }
}
