package org.cnnzoo.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.cnnzoo.build.Model;
import org.cnnzoo.build.ModelBuilder;
import org.cnnzoo.build.Parameter;
import org.cnnzoo.build.Parameter.Role;
import org.cnnzoo.data.Preprocessing;
import org.cnnzoo.data.ResizeMode;
import org.cnnzoo.eval.EvalResult;
import org.cnnzoo.eval.Evaluation;
import org.cnnzoo.network.Network;
import org.cnnzoo.network.NetworkBuilder;
import org.cnnzoo.run.Checkpoint;
import org.cnnzoo.run.CheckpointFile;
import org.cnnzoo.run.FlatVector;
import org.cnnzoo.run.Provenance;
import org.cnnzoo.run.RunFolder;
import org.cnnzoo.spec.SetValue;
import org.cnnzoo.spec.Zoo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The loop with a network of the zoo: normalised, depthwise, residual, with dropout. */
class ModelTrainingTest {
    private static final int SIZE = 32;
    private static final Preprocessing PREPROCESSING =
            new Preprocessing(
                    1, SIZE, SIZE, ResizeMode.STRETCH, TinyData.PREPROCESSING.normalization());
    private static final Provenance PROVENANCE =
            new Provenance(
                    "mobilenet_v2",
                    "",
                    "",
                    TinyData.PROVENANCE.overrides(),
                    TinyData.PROVENANCE.classes(),
                    PREPROCESSING,
                    "rows",
                    "00ff");

    @TempDir private Path folder;

    private static Network network() {
        Zoo zoo = new Zoo(Path.of(System.getProperty("cnn.home"), "configs", "models"));
        List<SetValue> set =
                Map.of(
                                "params.classes", "3",
                                "params.width", "0.25",
                                "params.dropout", "0.5",
                                "input.shape", "[1, 32, 32]")
                        .entrySet()
                        .stream()
                        .map(e -> SetValue.of(e.getKey(), e.getValue(), "test"))
                        .toList();
        return NetworkBuilder.build(zoo.load("mobilenet_v2", set));
    }

    private static TrainSettings settings() {
        return TrainSettings.builder(2, 8, 0.02)
                .optimizer(new Optimizer.Sgd(0.9, true))
                .weightDecay(WeightDecay.ofAll(1e-4).withNorms(0))
                .emaDecay(0.8)
                .clipGradNorm(1)
                .build();
    }

    private Outcome process(String name, Model model, int stopAfter) {
        Path path = folder.resolve(name);
        boolean resumes = Files.exists(path);
        StopSignal stop = new StopSignal();
        TrainListener listener =
                new TrainListener() {
                    @Override
                    public void stepDone(StepReport report) {
                        if (report.iteration() == stopAfter) {
                            stop.request();
                        }
                    }
                };
        TrainData data = TinyData.of(24, 12, PREPROCESSING);
        try (RunFolder run = resumes ? RunFolder.open(path) : RunFolder.createAt(path)) {
            Trainer trainer =
                    new Trainer(
                            settings(), Trainable.of(model), data, PROVENANCE, run, listener, stop);
            return resumes ? trainer.resume() : trainer.start();
        }
    }

    @Test
    void stoppedAndResumedEndsWithTheSameBits() throws IOException {
        process("whole", ModelBuilder.build(network(), 1), -1);
        for (int step : new int[] {2, 6}) {
            String name = "parts" + step;
            process(name, ModelBuilder.build(network(), 1), step);
            Outcome outcome = process(name, ModelBuilder.build(network(), 1), -1);

            assertThat(outcome.end()).isEqualTo(Outcome.End.COMPLETED);
            for (String file : List.of("checkpoints/last.zip", "checkpoints/best.zip")) {
                assertThat(Files.readAllBytes(folder.resolve(name).resolve(file)))
                        .as("%s, stopped after step %d", file, step)
                        .isEqualTo(Files.readAllBytes(folder.resolve("whole").resolve(file)));
            }
        }
    }

    @Test
    void theBestCheckpointEvaluatesAsRecorded() {
        Outcome outcome = process("a", ModelBuilder.build(network(), 1), -1);
        Checkpoint best = CheckpointFile.read(folder.resolve("a/checkpoints/best.zip"));
        Model fresh = ModelBuilder.build(network(), 99);
        fresh.values().assign(best.values());

        EvalResult again =
                new Evaluation(PROVENANCE.classes())
                        .run(fresh::logits, TinyData.of(24, 12, PREPROCESSING).val());

        assertThat(again.top1()).isEqualTo(outcome.bestTop1());
    }

    /** PyTorch's: momentum 0.1 from 0 and 1, the unbiased variance, whatever the rate. */
    @Test
    void runningStatisticsFollowTheBatchesWhateverTheLearningRate() {
        Model model = ModelBuilder.build(network(), 1);
        Trainable trainable = Trainable.of(model);
        float[] before = FlatVector.copy(model.values());
        TrainState state = new TrainState(trainable, TrainSettings.builder(1, 8, 1e-30).build());
        Nd4j.getRandom().setSeed(4);
        INDArray images = Nd4j.rand(8, 1, SIZE, SIZE).muli(4);
        INDArray targets =
                new Targets(0, new double[] {1, 1, 1}).of(new int[] {0, 1, 2, 0, 1, 2, 0, 1});

        state.step(images, targets, 0, 1e-30, false);

        float[] after = FlatVector.copy(model.values());
        float[] gradients = FlatVector.copy(model.gradients());
        for (Parameter parameter : model.parameters()) {
            int moved = 0;
            for (int i = 0; i < parameter.length(); i++) {
                int at = (int) parameter.offset() + i;
                if (parameter.role() == Role.RUNNING) {
                    assertThat(after[at])
                            .as("%s, element %d", parameter.name(), i)
                            .isEqualTo(before[at] - gradients[at]);
                    moved += after[at] != before[at] ? 1 : 0;
                } else {
                    assertThat(after[at])
                            .as(parameter.name())
                            .isEqualTo(before[at], within(1e-20f));
                }
            }
            if (parameter.role() == Role.RUNNING) {
                // Some means are 0 to the bit: behind a linear bottleneck all are, but for rounding
                boolean mean = parameter.name().endsWith("running_mean");
                assertThat(moved)
                        .as(parameter.name())
                        .isBetween(mean ? 1 : (int) parameter.length(), (int) parameter.length());
            }
        }
        int weights = (int) model.parameter("features.stem.conv.weight").offset();
        Parameter mean = model.parameter("features.stem.bn.running_mean");
        int variance = (int) model.parameter("features.stem.bn.running_var").offset();
        for (int c = 0; c < mean.length(); c++) {
            float[] kernel = Arrays.copyOfRange(before, weights + c * 9, weights + (c + 1) * 9);
            double[] outputs = convolved(FlatVector.copy(images), kernel);
            double average = Arrays.stream(outputs).average().orElseThrow();
            double squares = Arrays.stream(outputs).map(y -> y * y).sum();
            int count = outputs.length;
            double unbiased = (squares - count * average * average) / (count - 1);
            assertThat((double) after[(int) mean.offset() + c])
                    .as("mean of channel %d", c)
                    .isCloseTo(0.1 * average, within(2e-6));
            // Of 2048 numbers the biased variance is smaller by a 2048th alone
            assertThat((after[variance + c] - 0.9) / unbiased)
                    .as("variance of channel %d", c)
                    .isCloseTo(0.1, within(1e-5));
        }
    }

    /** The stem's convolution of 3x3, stride 2 and padding 1, of one channel to one other. */
    private static double[] convolved(float[] images, float[] kernel) {
        int half = SIZE / 2;
        int count = images.length / (SIZE * SIZE);
        double[] outputs = new double[count * half * half];
        for (int at = 0; at < outputs.length; at++) {
            int image = at / (half * half);
            int top = 2 * (at / half % half) - 1;
            int left = 2 * (at % half) - 1;
            for (int k = 0; k < 9; k++) {
                int y = top + k / 3;
                int x = left + k % 3;
                if (y >= 0 && x >= 0 && y < SIZE && x < SIZE) {
                    outputs[at] += (double) kernel[k] * images[(image * SIZE + y) * SIZE + x];
                }
            }
        }
        return outputs;
    }
}
