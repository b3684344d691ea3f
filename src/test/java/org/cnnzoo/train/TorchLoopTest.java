package org.cnnzoo.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.cnnzoo.data.Augmentation;
import org.cnnzoo.data.BatchLoader;
import org.cnnzoo.data.ImageSet;
import org.cnnzoo.data.LoaderOptions;
import org.cnnzoo.data.PixelImage;
import org.cnnzoo.data.PreparedImages;
import org.cnnzoo.eval.EvalResult;
import org.cnnzoo.run.Checkpoint;
import org.cnnzoo.run.CheckpointFile;
import org.cnnzoo.run.EpochRecord;
import org.cnnzoo.run.FlatVector;
import org.cnnzoo.run.RunFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The whole loop, step by step, against the one that scripts/fixtures/train.py does in PyTorch. */
class TorchLoopTest {
    private static final JsonNode FIXTURE = Fixtures.read("loop");
    private static final int EPOCHS = 3;
    private static final int BATCH = 8;
    private static final long SEED = 1;
    private static final double CLOSE = 5e-6;

    @TempDir private Path folder;

    private static TrainSettings.Builder settings(double lr, double emaDecay) {
        return TrainSettings.builder(EPOCHS, BATCH, lr).seed(SEED).emaDecay(emaDecay);
    }

    static Stream<Arguments> cases() {
        TrainSettings byEpoch =
                settings(0.5, 0.9)
                        .optimizer(new Optimizer.Sgd(0.9, false))
                        .weightDecay(WeightDecay.ofAll(0.05).withBiases(0))
                        .schedule(new Schedule.WarmUp(1, 0.01, new Schedule.Cosine(0.01)))
                        .labelSmoothing(0.1)
                        .classWeights(ClassWeights.BALANCED)
                        .clipGradNorm(0.8)
                        .build();
        TrainSettings byIteration =
                settings(0.05, 0.8)
                        .optimizer(new Optimizer.AdamW(0.9, 0.999, 1e-2))
                        .weightDecay(WeightDecay.ofAll(0.1).withBiases(0))
                        .schedule(new Schedule.WarmUp(1, 0.01, new Schedule.Cosine(0.001)))
                        .pace(Moment.Pace.ITERATION)
                        .labelSmoothing(0.2)
                        .classWeights(ClassWeights.BALANCED)
                        .clipGradNorm(1.25)
                        .build();
        TrainSettings withoutWarmUp =
                settings(0.1, 0.7)
                        .optimizer(new Optimizer.Sgd(0.5, true))
                        .schedule(new Schedule.Exponential(0.5))
                        .build();
        return Stream.of(false, true)
                .flatMap(
                        replica ->
                                Stream.of(
                                        Arguments.of("by_epoch", replica, byEpoch),
                                        Arguments.of("by_iteration", replica, byIteration),
                                        Arguments.of("without_warm_up", replica, withoutWarmUp)));
    }

    /** Images of the fixture. */
    private record Pixels(String split) implements ImageSet {
        @Override
        public int size() {
            return FIXTURE.get(split).get("labels").size();
        }

        @Override
        public int label(int i) {
            return FIXTURE.get(split).get("labels").get(i).asInt();
        }

        @Override
        public String name(int i) {
            return Integer.toString(i);
        }

        @Override
        public PixelImage image(int i) {
            double[] numbers = Fixtures.numbers(FIXTURE.get(split).get("pixels").get(i));
            byte[] pixels = new byte[numbers.length];
            for (int p = 0; p < pixels.length; p++) {
                pixels[p] = (byte) (int) numbers[p];
            }
            return new PixelImage(1, 4, 4, pixels);
        }
    }

    private static PreparedImages images(String split) {
        return new PreparedImages(new Pixels(split), TinyData.PREPROCESSING);
    }

    private static TinyNetwork network() {
        TinyNetwork network = new TinyNetwork(16, TinyData.CLASSES);
        network.kept = 1;
        double[] start = Fixtures.numbers(FIXTURE.get("start"));
        for (int i = 0; i < start.length; i++) {
            network.values().putScalar(i, start[i]);
        }
        return network;
    }

    @Test
    void imagesComeInTheOrderOfTheScript() {
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            List<String> order = new ArrayList<>();
            try (BatchLoader loader =
                    new BatchLoader(
                            images("train"),
                            Augmentation.NONE,
                            LoaderOptions.training(BATCH, SEED, epoch))) {
                loader.forEachRemaining(batch -> order.addAll(batch.names()));
            }
            List<String> script = new ArrayList<>();
            FIXTURE.get("order").get(epoch).forEach(i -> script.add(i.asText()));
            assertThat(order).as("ORDER of the script in epoch %d", epoch).isEqualTo(script);
        }
    }

    @ParameterizedTest(name = "{0}, by a replica: {1}")
    @MethodSource("cases")
    void givesTorchsRatesLossesWeightsAndAverages(
            String name, boolean byReplica, TrainSettings settings) {
        TrainData data = new TrainData(images("train"), Augmentation.NONE, images("val"));
        Optional<Replicas> replicas =
                byReplica
                        ? Optional.of(
                                new OneReplica(
                                        new Replica(
                                                settings,
                                                network(),
                                                data.train(),
                                                Augmentation.NONE,
                                                TinyData.CLASSES),
                                        Sync.GRADIENTS))
                        : Optional.empty();
        try (RunFolder run = RunFolder.createAt(folder.resolve("run"))) {
            Torch torch = new Torch(FIXTURE.get("cases").get(name), run.files().last());
            new Trainer(
                            settings,
                            network(),
                            data,
                            TinyData.PROVENANCE,
                            run,
                            torch,
                            new StopSignal(),
                            replicas)
                    .start();
            assertThat(torch.steps).isEqualTo(9);
            assertThat(torch.epochs).isEqualTo(EPOCHS);
        }
    }

    /** Compares each step and each epoch as it is done. */
    private static final class Torch implements TrainListener {
        private final JsonNode expected;
        private final Path last;
        private int steps;
        private int epochs;

        Torch(JsonNode expected, Path last) {
            this.expected = expected;
            this.last = last;
        }

        @Override
        public void stepDone(StepReport report) {
            JsonNode step = expected.get("steps").get(steps++);
            requireClose("lr of step " + steps, report.lr(), step.get("lr"), 1e-12);
            requireClose("loss of step " + steps, report.loss(), step.get("loss"), CLOSE);
        }

        @Override
        public void epochDone(EpochRecord record, EvalResult validation, boolean best) {
            JsonNode epoch = expected.get("epochs").get(epochs++);
            JsonNode lastStep = expected.get("steps").get(steps - 1);
            requireClose("lr of epoch " + epochs, record.lr(), lastStep.get("lr"), 1e-12);
            requireClose("train_loss", record.trainLoss(), epoch.get("train_loss"), CLOSE);
            requireClose("train_top1", record.trainTop1(), epoch.get("train_top1"), 1e-12);
            requireClose("val_loss", record.valLoss(), epoch.get("val_loss"), CLOSE);
            requireClose("val_top1", record.valTop1(), epoch.get("val_top1"), 1e-12);
            Checkpoint checkpoint = CheckpointFile.read(last);
            requireClose("trained", checkpoint.trained().orElseThrow(), epoch.get("trained"));
            requireClose("average", checkpoint.values(), epoch.get("average"));
        }

        private static void requireClose(String what, double ours, JsonNode torch, double limit) {
            assertThat(ours).as(what).isCloseTo(torch.asDouble(), within(limit));
        }

        private void requireClose(String what, INDArray vector, JsonNode torch) {
            float[] ours = FlatVector.copy(vector);
            assertThat(ours).hasSize(torch.size());
            for (int i = 0; i < ours.length; i++) {
                String element = "%s %d after epoch %d".formatted(what, i, epochs);
                requireClose(element, ours[i], torch.get(i), CLOSE);
            }
        }
    }
}
