package org.cnnzoo.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    /** PyTorch's: running mean of a batch's mean at momentum 0.1, from 0, whatever the rate. */
    @Test
    void runningStatisticsFollowTheBatchesWhateverTheLearningRate() {
        Model model = ModelBuilder.build(network(), 1);
        Trainable trainable = Trainable.of(model);
        float[] before = FlatVector.copy(model.values());
        TrainState state = new TrainState(trainable, TrainSettings.builder(1, 8, 1e-30).build());
        INDArray images = Nd4j.rand(8, 1, SIZE, SIZE);
        INDArray targets =
                new Targets(0, new double[] {1, 1, 1}).of(new int[] {0, 1, 2, 0, 1, 2, 0, 1});

        state.step(images, targets, 0, 1e-30, false);

        float[] after = FlatVector.copy(model.values());
        int moved = 0;
        for (Parameter parameter : model.parameters()) {
            for (int i = 0; i < parameter.length(); i++) {
                int at = (int) parameter.offset() + i;
                if (parameter.role() == Role.RUNNING) {
                    moved += after[at] != before[at] ? 1 : 0;
                } else {
                    assertThat(after[at])
                            .as(parameter.name())
                            .isEqualTo(before[at], within(1e-20f));
                }
            }
        }
        assertThat(moved).isPositive();
    }
}
