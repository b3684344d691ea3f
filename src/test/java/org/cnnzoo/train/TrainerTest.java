package org.cnnzoo.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.cnnzoo.augment.BatchMixing;
import org.cnnzoo.build.Parameter;
import org.cnnzoo.build.Step;
import org.cnnzoo.data.Augmentation;
import org.cnnzoo.data.Batch;
import org.cnnzoo.data.BatchLoader;
import org.cnnzoo.data.ImageSet;
import org.cnnzoo.data.LoaderOptions;
import org.cnnzoo.data.PixelImage;
import org.cnnzoo.data.PreparedImages;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.errors.WorkFailed;
import org.cnnzoo.eval.EvalResult;
import org.cnnzoo.eval.Evaluation;
import org.cnnzoo.run.Checkpoint;
import org.cnnzoo.run.CheckpointFile;
import org.cnnzoo.run.EpochRecord;
import org.cnnzoo.run.FlatVector;
import org.cnnzoo.run.MetricsFile;
import org.cnnzoo.run.RunFolder;
import org.cnnzoo.train.TrainListener.StepReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class TrainerTest {
    private static final int EPOCHS = 4;
    private static final int STEPS = 7; // 50 images by 8, the last batch of 2

    @TempDir private Path folder;

    private static TrainSettings.Builder plain() {
        return TrainSettings.builder(EPOCHS, 8, 0.05)
                .optimizer(new Optimizer.Sgd(0.9, false))
                .weightDecay(WeightDecay.ofAll(1e-3))
                .seed(1);
    }

    private static TrainSettings.Builder everything() {
        return plain().optimizer(new Optimizer.AdamW())
                .schedule(new Schedule.WarmUp(1, 0.01, new Schedule.Cosine(0)))
                .pace(Moment.Pace.ITERATION)
                .labelSmoothing(0.1)
                .clipGradNorm(0.5)
                .emaDecay(0.9)
                .classWeights(ClassWeights.BALANCED)
                .workers(2);
    }

    /** One process: a network of its own, the run folder opened and closed. */
    private Outcome process(
            String name,
            TrainSettings settings,
            TrainListener listener,
            StopSignal stop,
            UnaryOperator<TinyNetwork> change) {
        return process(name, settings, TinyData.of(50, 31), listener, stop, change);
    }

    private Outcome process(
            String name,
            TrainSettings settings,
            TrainData data,
            TrainListener listener,
            StopSignal stop,
            UnaryOperator<TinyNetwork> change) {
        Path path = folder.resolve(name);
        boolean resumes = Files.exists(path.resolve("checkpoints/last.zip"));
        try (RunFolder run = resumes ? RunFolder.open(path) : RunFolder.createAt(path)) {
            TinyNetwork network = change.apply(new TinyNetwork(16, TinyData.CLASSES));
            Trainer trainer =
                    new Trainer(settings, network, data, TinyData.PROVENANCE, run, listener, stop);
            return resumes ? trainer.resume() : trainer.start();
        }
    }

    private Outcome process(String name, TrainSettings settings) {
        return process(name, settings, TrainListener.NONE, new StopSignal(), n -> n);
    }

    private byte[] bytes(String name) throws IOException {
        return Files.readAllBytes(folder.resolve(name));
    }

    /** metrics.jsonl without what depends on the clock. */
    private List<String> metrics(String name) throws IOException {
        try (Stream<String> lines = Files.lines(folder.resolve(name + "/metrics.jsonl"))) {
            return lines.map(line -> line.replaceAll(",\"images_per_second.*", "")).toList();
        }
    }

    @Test
    void learnsAndWritesARecordOfEachEpoch() throws IOException {
        List<String> heard = new ArrayList<>();
        TrainListener listener =
                new TrainListener() {
                    @Override
                    public void epochStarted(int epoch, int epochs, int steps, int firstStep) {
                        heard.add("epoch %d of %d, %d steps".formatted(epoch, epochs, steps));
                    }

                    @Override
                    public void stepDone(StepReport report) {
                        heard.add("step " + report.step());
                    }

                    @Override
                    public void epochDone(EpochRecord record, EvalResult result, boolean best) {
                        heard.add("done " + record.epoch());
                    }
                };
        Outcome outcome = process("a", plain().build(), listener, new StopSignal(), n -> n);

        assertThat(outcome.end()).isEqualTo(Outcome.End.COMPLETED);
        EpochRecord last = outcome.last().orElseThrow();
        assertThat(last.epoch()).isEqualTo(EPOCHS);
        assertThat(last.iteration()).isEqualTo(EPOCHS * STEPS);
        assertThat(last.trainLoss()).isLessThan(0.7);
        assertThat(last.valTop1()).isGreaterThan(0.8);
        assertThat(last.valTop5()).isEqualTo(1);
        assertThat(metrics("a")).hasSize(EPOCHS);
        assertThat(heard)
                .hasSize(EPOCHS * (STEPS + 2))
                .startsWith("epoch 1 of 4, 7 steps", "step 1")
                .endsWith("step 7", "done 4");
    }

    @Test
    void theBestCheckpointGivesTheRecordedFigures() throws IOException {
        Outcome outcome = process("a", everything().build());

        Checkpoint best = CheckpointFile.read(folder.resolve("a/checkpoints/best.zip"));
        TinyNetwork network = new TinyNetwork(16, TinyData.CLASSES);
        network.values().assign(best.values());
        EvalResult again =
                new Evaluation(TinyData.PROVENANCE.classes())
                        .run(network, TinyData.of(50, 31).val());

        assertThat(best.progress().epoch()).isEqualTo(outcome.bestEpoch());
        assertThat(again.top1()).isEqualTo(outcome.bestTop1());
        assertThat(best.optimizer()).isEmpty();
        assertThat(metrics("a").get(outcome.bestEpoch() - 1))
                .contains("\"val_loss\":" + again.loss() + ",\"val_top1\":" + again.top1());
    }

    @Test
    void theSameSeedGivesTheSameMetricsWithAnyNumberOfWorkers() throws IOException {
        process("a", everything().workers(0).build());
        process("b", everything().workers(2).build());
        process("c", everything().seed(2).build());

        assertThat(metrics("b")).isEqualTo(metrics("a"));
        assertThat(bytes("b/checkpoints/last.zip")).isEqualTo(bytes("a/checkpoints/last.zip"));
        assertThat(metrics("c")).isNotEqualTo(metrics("a"));
    }

    static Stream<Integer> stops() {
        // in the first epoch, at an epoch's last step, at its first, in the middle, at the end
        return Stream.of(1, STEPS, STEPS + 1, 2 * STEPS + 3, EPOCHS * STEPS);
    }

    @ParameterizedTest(name = "after step {0}")
    @MethodSource("stops")
    void stoppedAndResumedEndsWithTheSameBits(int step) throws IOException {
        process("whole", everything().build());
        StopSignal stop = new StopSignal();
        Outcome first =
                process("parts", everything().build(), after(step, stop::request), stop, n -> n);
        assertThat(first.end()).isEqualTo(Outcome.End.INTERRUPTED);

        Outcome second = process("parts", everything().build());

        assertThat(second.end()).isEqualTo(Outcome.End.COMPLETED);
        assertSameRun("parts", "whole");
    }

    @ParameterizedTest(name = "in step {0}")
    @MethodSource("stops")
    void killedAndResumedEndsWithTheSameBits(int step) throws IOException {
        TrainSettings settings = everything().saveEvery(3).build();
        process("whole", settings);
        Runnable kill =
                () -> {
                    throw new Killed();
                };
        assertThatThrownBy(
                        () ->
                                process(
                                        "parts",
                                        settings,
                                        after(step, kill),
                                        new StopSignal(),
                                        n -> n))
                .isInstanceOf(Killed.class);

        process("parts", settings);

        assertSameRun("parts", "whole");
    }

    private void assertSameRun(String name, String other) throws IOException {
        assertThat(metrics(name)).isEqualTo(metrics(other));
        for (String file : List.of("/checkpoints/last.zip", "/checkpoints/best.zip")) {
            assertThat(bytes(name + file)).as(file).isEqualTo(bytes(other + file));
        }
    }

    private static TrainListener after(int step, Runnable action) {
        return new TrainListener() {
            @Override
            public void stepDone(StepReport report) {
                if (report.iteration() == step) {
                    action.run();
                }
            }
        };
    }

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void accumulatedAndBalancedResumesWithTheSameBitsToo() throws IOException {
        TrainSettings settings = everything().gradAccumSteps(3).balanced(true).build();
        process("whole", settings);
        StopSignal stop = new StopSignal();
        process("stopped", settings, after(5, stop::request), stop, n -> n);
        assertThat(
                        CheckpointFile.readHeader(folder.resolve("stopped/checkpoints/last.zip"))
                                .progress()
                                .nextSample())
                .isEqualTo(2 * 3 * 8); // of the second epoch, between two updates
        process("stopped", settings);
        assertSameRun("whole", "stopped");
    }

    @Test
    void stoppedBehindAnEpochsLastStepThatIsNotFullItResumesToo() throws IOException {
        TrainSettings settings = everything().gradAccumSteps(3).saveEvery(3).build();
        process("whole", settings);
        StopSignal stop = new StopSignal();
        // 7 batches: the third update has one of them
        process("stopped", settings, after(3, stop::request), stop, n -> n);
        assertThat(folder.resolve("stopped/metrics.jsonl")).doesNotExist();
        assertThatThrownBy(
                        () ->
                                process(
                                        "killed",
                                        settings,
                                        new TrainListener() {
                                            @Override
                                            public void validationStarted(int epoch) {
                                                throw new Killed();
                                            }
                                        },
                                        new StopSignal(),
                                        n -> n))
                .isInstanceOf(Killed.class);
        for (String name : List.of("stopped", "killed")) {
            process(name, settings);
            assertSameRun("whole", name);
        }
    }

    @Test
    void aGradientInPartsIsThatOfTheWhole() {
        TrainData data = TinyData.of(8, 1);
        float[] images = new float[8 * 16];
        int[] labels = new int[8];
        try (BatchLoader loader =
                new BatchLoader(data.train(), Augmentation.NONE, LoaderOptions.evaluation(8))) {
            Batch batch = loader.next();
            System.arraycopy(batch.images(), 0, images, 0, images.length);
            System.arraycopy(batch.labels(), 0, labels, 0, labels.length);
        }
        INDArray x = Nd4j.createFromArray(images).reshape(8, 1, 4, 4);
        INDArray targets = new Targets(0, new double[] {1, 1, 1}).of(labels);
        TinyNetwork whole = new TinyNetwork(16, 3);
        new TrainState(whole, plain().build()).step(x, targets, 0, 0.1, false);
        TinyNetwork parts = new TinyNetwork(16, 3);
        TrainState state = new TrainState(parts, plain().gradAccumSteps(2).build());
        state.accumulate(x, targets, 0, 0.25, true);
        state.accumulate(x, targets, 0, 0.75, false);
        state.updateAccumulated(1, 0.1, false);
        int trained = 16 * 3 + 3;
        for (int i = 0; i < trained; i++) {
            assertThat(parts.values().getFloat(i))
                    .isCloseTo(whole.values().getFloat(i), within(1e-6f));
        }
        // Statistics see each part: 0.1 of the way, twice
        for (int i = trained; i < trained + 16; i++) {
            assertThat(parts.values().getFloat(i))
                    .isCloseTo(1.9f * whole.values().getFloat(i), within(1e-5f));
        }
    }

    @Test
    void aRunCanGoOnForMoreEpochs() throws IOException {
        process("a", plain().build());
        TrainSettings longer =
                TrainSettings.builder(EPOCHS + 2, 8, 0.05)
                        .optimizer(new Optimizer.Sgd(0.9, false))
                        .build();

        Outcome outcome = process("a", longer);

        assertThat(outcome.last().orElseThrow().epoch()).isEqualTo(EPOCHS + 2);
        assertThat(metrics("a")).hasSize(EPOCHS + 2);
    }

    @Test
    void aFinishedRunThatIsResumedIsLeftAlone() throws IOException {
        process("a", plain().build());
        byte[] before = bytes("a/checkpoints/last.zip");

        Outcome outcome = process("a", plain().build());

        assertThat(outcome.end()).isEqualTo(Outcome.End.COMPLETED);
        assertThat(outcome.last()).isPresent();
        assertThat(bytes("a/checkpoints/last.zip")).isEqualTo(before);
    }

    @Test
    void aRunWhoseMetricsAreGoneIsNotGoneOnWith() throws IOException {
        process("a", plain().build());
        Files.delete(folder.resolve("a/metrics.jsonl"));
        byte[] last = bytes("a/checkpoints/last.zip");
        assertThatThrownBy(() -> process("a", plain().build()))
                .isInstanceOf(WorkFailed.class)
                .hasMessageContaining("metrics.jsonl has 0 epochs");
        assertThat(bytes("a/checkpoints/last.zip")).isEqualTo(last);
    }

    @Test
    void patienceStopsWhereNothingGetsBetter() {
        TrainSettings settings = TrainSettings.builder(50, 8, 1e-12).patience(2).seed(1).build();

        Outcome outcome = process("a", settings);

        assertThat(outcome.end()).isEqualTo(Outcome.End.PATIENCE);
        assertThat(outcome.last().orElseThrow().epoch()).isEqualTo(outcome.bestEpoch() + 2);
    }

    @Test
    void aLossThatIsNotFiniteStopsTheRunAndNamesTheBatch() {
        assertThatThrownBy(
                        () ->
                                process(
                                        "a",
                                        plain().build(),
                                        TrainListener.NONE,
                                        new StopSignal(),
                                        network -> {
                                            network.poisoned = STEPS + 2;
                                            return network;
                                        }))
                .isInstanceOf(WorkFailed.class)
                .hasMessageMatching(
                        "(?s)the loss became NaN in epoch 2, iteration 10 .*batch 3: train#\\d+,"
                                + " train#\\d+, train#\\d+ and 5 more.*--lr.*");
        assertThat(CheckpointFile.readHeader(folder.resolve("a/checkpoints/last.zip")))
                .extracting(h -> h.progress().epoch())
                .isEqualTo(1);
    }

    @Test
    void theParameterInWhichNaNBeganIsNamed() {
        assertThatThrownBy(
                        () ->
                                process(
                                        "a",
                                        plain().build(),
                                        TrainListener.NONE,
                                        new StopSignal(),
                                        network -> {
                                            network.values().putScalar(49, Float.NaN);
                                            return network;
                                        }))
                .isInstanceOf(WorkFailed.class)
                .hasMessageContaining("not finite first in the values of 0.bias");
    }

    @Test
    void frozenParametersStayToTheBit() {
        TinyNetwork[] kept = new TinyNetwork[1];
        process(
                "a",
                everything().freeze(List.of("*.weight")).build(),
                TrainListener.NONE,
                new StopSignal(),
                network -> {
                    kept[0] = network;
                    return network;
                });

        float[] fresh = FlatVector.copy(new TinyNetwork(16, TinyData.CLASSES).values());
        float[] trained = FlatVector.copy(kept[0].values());
        Parameter weight = kept[0].parameters().get(0);
        for (int i = 0; i < trained.length; i++) {
            assertThat(trained[i] == fresh[i]).as("element %d", i).isEqualTo(i < weight.length());
        }
    }

    @Test
    void limitsShortenEpochs() {
        for (int limit = 0; limit <= 2; limit++) {
            List<Long> validated = new ArrayList<>();
            TrainListener listener =
                    new TrainListener() {
                        @Override
                        public void validationDone(int epoch, long images, double seconds) {
                            validated.add(images);
                        }
                    };

            Outcome outcome =
                    process(
                            "limit" + limit,
                            plain().limitTrainBatches(2).limitValBatches(limit).build(),
                            TinyData.of(50, 600),
                            listener,
                            new StopSignal(),
                            n -> n);

            assertThat(outcome.last().orElseThrow().iteration()).isEqualTo(2 * EPOCHS);
            // Images as small as these are validated by 256
            assertThat(validated).hasSize(EPOCHS).containsOnly(limit == 0 ? 600L : 256L * limit);
        }
    }

    @Test
    void anotherBatchSizeInTheMiddleOfAnEpochIsRefused() {
        StopSignal stop = new StopSignal();
        process("a", plain().build(), after(3, stop::request), stop, n -> n);
        TrainSettings other = TrainSettings.builder(EPOCHS, 7, 0.05).build();

        assertThatThrownBy(() -> process("a", other))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("batch-size 7 doesn't fit")
                .hasMessageContaining("24 images");
    }

    @Test
    void anotherNetworksCheckpointIsRefused() {
        process("a", plain().build());

        assertThatThrownBy(
                        () ->
                                process(
                                        "a",
                                        plain().build(),
                                        TrainListener.NONE,
                                        new StopSignal(),
                                        n -> new TinyNetwork(16, TinyData.CLASSES + 1)))
                .isInstanceOf(WorkFailed.class)
                .hasMessageContaining("67 parameters, the network has 84");
    }

    @Test
    void aPlateauResumesWithItsCounters() throws IOException {
        TrainSettings.Builder settings =
                TrainSettings.builder(6, 8, 1e-5).schedule(new Schedule.Plateau(0.1, 0, 0)).seed(1);
        process("whole", settings.build());
        TrainSettings three =
                TrainSettings.builder(3, 8, 1e-5)
                        .schedule(new Schedule.Plateau(0.1, 0, 0))
                        .seed(1)
                        .build();
        process("parts", three);
        process("parts", settings.build());
        assertSameRun("whole", "parts");
        assertThat(
                        MetricsFile.read(folder.resolve("whole/metrics.jsonl")).stream()
                                .map(EpochRecord::lr)
                                .distinct())
                .hasSizeGreaterThan(1);
    }

    /** A network whose validation, on one image of the first class, comes to these losses. */
    private static TinyNetwork scripted(List<Double> losses) {
        Iterator<Double> next = losses.iterator();
        return new TinyNetwork(16, TinyData.CLASSES) {
            @Override
            public INDArray logits(INDArray images) {
                // With logits z, 0, 0 the loss is log(1 + 2 exp(-z))
                double z = -Math.log(Math.expm1(next.next()) / 2);
                return Nd4j.createFromArray((float) z, 0, 0).reshape(1, TinyData.CLASSES);
            }
        };
    }

    /** Two steps an epoch, of a rate of 1 that this schedule changes. */
    private static TrainSettings paced(Schedule schedule, int epochs) {
        return TrainSettings.builder(epochs, 8, 1).schedule(schedule).limitTrainBatches(2).build();
    }

    private void requireRates(String name, double... rates) {
        List<EpochRecord> records = MetricsFile.read(folder.resolve(name).resolve("metrics.jsonl"));
        assertThat(records).hasSize(rates.length);
        for (int i = 0; i < rates.length; i++) {
            assertThat(records.get(i).lr())
                    .as("epoch %d of %s", i + 1, name)
                    .isCloseTo(rates[i], within(1e-12));
        }
    }

    @Test
    void aPlateauCountsOnThroughAStopAmongBadEpochs() {
        List<Double> losses =
                List.of(1.0, 0.9, 0.95, 0.95, 0.95, 0.95, 0.95, 0.8, 0.9, 0.9, 0.9, 0.9);
        TrainSettings settings = paced(new Schedule.Plateau(0.1, 2, 0), losses.size());
        // The first and the last step of epochs after one bad one, after two, and after three
        for (int iteration : new int[] {7, 8, 9, 10, 11, 19, 20, 21, 22, 23}) {
            String name = "stopped" + iteration;
            StopSignal stop = new StopSignal();
            process(
                    name,
                    settings,
                    TinyData.of(50, 1),
                    after(iteration, stop::request),
                    stop,
                    n -> scripted(losses));
            int done = (iteration - 1) / 2;
            process(
                    name,
                    settings,
                    TinyData.of(50, 1),
                    TrainListener.NONE,
                    new StopSignal(),
                    n -> scripted(losses.subList(done, losses.size())));
            requireRates(name, 1, 1, 1, 1, 1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.01);
        }
    }

    @Test
    void aPlateauLowersWhatAWarmUpGives() {
        List<Double> losses = Collections.nCopies(7, 1.0);
        process(
                "patient",
                paced(new Schedule.WarmUp(3, 0.01, new Schedule.Plateau(0.1, 1, 0.05)), 7),
                TinyData.of(50, 1),
                TrainListener.NONE,
                new StopSignal(),
                n -> scripted(losses));
        requireRates("patient", 0.01, 0.34, 0.67, 1, 1, 1, 0.1);

        // It looks at no epoch of the warm-up, as timm; and ends at the floor
        process(
                "hasty",
                paced(new Schedule.WarmUp(3, 0.01, new Schedule.Plateau(0.1, 0, 0.02)), 7),
                TinyData.of(50, 1),
                TrainListener.NONE,
                new StopSignal(),
                n -> scripted(losses));
        requireRates("hasty", 0.01, 0.34, 0.67, 1, 1, 0.1, 0.02);
    }

    /** Images of one brightness, by their class. */
    private static PreparedImages shades() {
        return new PreparedImages(
                new ImageSet() {
                    @Override
                    public int size() {
                        return 20;
                    }

                    @Override
                    public int label(int i) {
                        return i % TinyData.CLASSES;
                    }

                    @Override
                    public String name(int i) {
                        return "shade#" + i;
                    }

                    @Override
                    public PixelImage image(int i) {
                        byte[] pixels = new byte[16];
                        Arrays.fill(pixels, (byte) (100 * label(i)));
                        return new PixelImage(1, 4, 4, pixels);
                    }
                },
                TinyData.PREPROCESSING);
    }

    /** Requires that a target says what its image is mixed of. */
    private static final class Mixed extends TinyNetwork {
        private int mixed;

        Mixed() {
            super(16, TinyData.CLASSES);
        }

        @Override
        public Step forwardBackward(INDArray images, INDArray targets, long iteration) {
            float[] x = FlatVector.copy(images);
            float[] t = FlatVector.copy(targets);
            for (int n = 0; n < images.size(0); n++) {
                double shade = 0;
                for (int p = 0; p < 16; p++) {
                    shade += (x[n * 16 + p] * 0.25 + 0.5) * 255 / 16;
                }
                assertThat(100 * t[n * 3 + 1] + 200 * t[n * 3 + 2])
                        .as("image %d of pass %d", n, iteration)
                        .isCloseTo((float) shade, within(1e-2f));
                mixed += Math.abs(shade / 100 - Math.rint(shade / 100)) > 0.01 ? 1 : 0;
            }
            return super.forwardBackward(images, targets, iteration);
        }
    }

    @Test
    void aMixedImageIsTrainedTowardsTheSharesOfItsTwoClasses() {
        Augmentation mixing =
                new Augmentation(
                        Optional.empty(), List.of(), List.of(), Optional.of(new BatchMixing(1, 1)));
        TrainData data = new TrainData(shades(), mixing, shades());
        for (int group : new int[] {1, 2}) {
            Mixed network = new Mixed();
            process(
                    "group" + group,
                    plain().gradAccumSteps(group).build(),
                    data,
                    TrainListener.NONE,
                    new StopSignal(),
                    n -> network);
            assertThat(network.mixed).isGreaterThan(10);
        }
        for (Sync sync : Sync.values()) {
            Mixed network = new Mixed();
            TrainSettings settings = plain().build();
            OneReplica one =
                    new OneReplica(
                            new Replica(settings, network, shades(), mixing, TinyData.CLASSES),
                            sync);
            try (RunFolder run = RunFolder.createAt(folder.resolve(sync.name()))) {
                new Trainer(
                                settings,
                                new TinyNetwork(16, TinyData.CLASSES),
                                data,
                                TinyData.PROVENANCE,
                                run,
                                TrainListener.NONE,
                                new StopSignal(),
                                Optional.of(one))
                        .start();
            }
            assertThat(network.mixed).isGreaterThan(10);
        }
    }
}
