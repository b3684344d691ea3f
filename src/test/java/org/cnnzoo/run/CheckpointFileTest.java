package org.cnnzoo.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.cnnzoo.data.Normalization;
import org.cnnzoo.data.Preprocessing;
import org.cnnzoo.data.ResizeMode;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.errors.WorkFailed;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class CheckpointFileTest {
    private static final Provenance PROVENANCE =
            new Provenance(
                    "tiny",
                    "name: tiny\n# ü\n",
                    "name: base\n",
                    new TreeMap<>(Map.of("width", "0.5", "classes", "2")),
                    List.of("cat", "dog, small"),
                    new Preprocessing(
                            1,
                            6,
                            5,
                            ResizeMode.LETTERBOX,
                            new Normalization(new float[] {0.1f}, new float[] {0.3f})),
                    "pets",
                    "abcdef");
    private static final Progress PROGRESS =
            new Progress(
                    3, 128, 411, new Progress.Sums(128, 1 / 3.0, 77, 1e-9, 2.5, 4, 1), 2, 0.1, 7);

    @TempDir private Path folder;

    private static ComputationGraph graph() {
        ComputationGraph graph =
                new ComputationGraph(
                        new NeuralNetConfiguration.Builder()
                                .seed(4)
                                .activation(Activation.IDENTITY)
                                .graphBuilder()
                                .addInputs("in")
                                .setInputTypes(InputType.convolutional(6, 5, 1))
                                .addLayer(
                                        "conv",
                                        new ConvolutionLayer.Builder(3, 3).nOut(4).build(),
                                        "in")
                                .addLayer("norm", new BatchNormalization(), "conv")
                                .addLayer(
                                        "out",
                                        new OutputLayer.Builder()
                                                .nOut(2)
                                                .activation(Activation.SOFTMAX)
                                                .build(),
                                        "norm")
                                .setOutputs("out")
                                .build());
        graph.init();
        return graph;
    }

    private static Checkpoint checkpoint(INDArray values, String configuration) {
        return new Checkpoint(
                PROVENANCE,
                PROGRESS,
                configuration,
                values,
                Optional.of(values.mul(2)),
                new TreeMap<>(Map.of("b", values.add(1), "a", values.mul(-1))));
    }

    private static Checkpoint small() {
        float[] values = new float[40_000]; // more than a piece of the stream
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.sin(i);
        }
        values[3] = Float.MIN_VALUE;
        values[4] = -0f;
        return checkpoint(Nd4j.createFromArray(values), "{}");
    }

    @Test
    void whatIsReadIsWhatWasWrittenAndIsWrittenAgainAsTheSameBytes() throws IOException {
        Checkpoint written = small();
        Path file = folder.resolve("a.zip");
        CheckpointFile.write(file, written);

        Checkpoint read = CheckpointFile.read(file);

        assertThat(read.provenance()).isEqualTo(PROVENANCE);
        assertThat(read.progress()).isEqualTo(PROGRESS);
        assertThat(FlatVector.copy(read.values())).isEqualTo(FlatVector.copy(written.values()));
        assertThat(read.optimizer().keySet()).containsExactly("a", "b");
        Path again = folder.resolve("b.zip");
        CheckpointFile.write(again, read);
        assertThat(Files.readAllBytes(again)).isEqualTo(Files.readAllBytes(file));
        assertThat(CheckpointFile.readHeader(file))
                .isEqualTo(new Checkpoint.Header(PROVENANCE, PROGRESS, written.values().length()));
    }

    /** A checkpoint as the first versions wrote it: without what was added later. */
    @Test
    void earlyCheckpointsAreReadAsBefore() throws IOException {
        Path file = folder.resolve("a.zip");
        CheckpointFile.write(file, small());
        Path old = folder.resolve("old.zip");
        try (ZipFile from = new ZipFile(file.toFile());
                ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(old))) {
            for (ZipEntry entry : Collections.list(from.entries())) {
                byte[] content = from.getInputStream(entry).readAllBytes();
                if (entry.getName().equals("cnn/checkpoint.json")) {
                    String text = new String(content, StandardCharsets.UTF_8);
                    String without =
                            text.replaceFirst("\"base\" : \"[^\"]*\",", "")
                                    .replaceFirst(",\\s*\"crop_fraction\" : 1.0", "");
                    assertThat(without.length()).isLessThan(text.length() - 30);
                    content = without.getBytes(StandardCharsets.UTF_8);
                }
                to.putNextEntry(new ZipEntry(entry.getName()));
                to.write(content);
            }
        }
        Provenance read = CheckpointFile.readHeader(old).provenance();
        assertThat(read.base()).isEmpty();
        assertThat(read.preprocessing()).isEqualTo(PROVENANCE.preprocessing());
        assertThat(read.architecture()).isEqualTo(PROVENANCE.architecture());
    }

    @Test
    void deeplearning4jRestoresTheSameNetwork() throws IOException {
        ComputationGraph graph = graph();
        graph.params().assign(Nd4j.rand(graph.params().shape()));
        Path file = folder.resolve("a.zip");
        CheckpointFile.write(file, checkpoint(graph.params(), graph.getConfiguration().toJson()));

        ComputationGraph restored = ModelSerializer.restoreComputationGraph(file.toFile());

        assertThat(FlatVector.copy(restored.params())).isEqualTo(FlatVector.copy(graph.params()));
        INDArray images = Nd4j.rand(3, 1, 6, 5);
        assertThat(FlatVector.copy(restored.outputSingle(images)))
                .isEqualTo(FlatVector.copy(graph.outputSingle(images)));
        assertThat(FlatVector.copy(CheckpointFile.read(file).values()))
                .isEqualTo(FlatVector.copy(graph.params()));
    }

    @Test
    void coefficientsAreTheBytesThatNd4jWrites() throws IOException {
        INDArray whole = Nd4j.rand(1, 1000);
        for (INDArray array : List.of(whole, whole.reshape(1000))) {
            ByteArrayOutputStream ours = new ByteArrayOutputStream();
            FloatStream.writeArray(array, new DataOutputStream(ours));
            ByteArrayOutputStream theirs = new ByteArrayOutputStream();
            Nd4j.write(array, new DataOutputStream(theirs));
            assertThat(ours.toByteArray()).isEqualTo(theirs.toByteArray());
        }
    }

    @Test
    void aTruncatedFileIsAnErrorWhereverItEnds() throws IOException {
        Path file = folder.resolve("a.zip");
        CheckpointFile.write(file, small());
        byte[] bytes = Files.readAllBytes(file);
        for (int length : new int[] {0, 1, 100, bytes.length / 2, bytes.length - 1}) {
            Path cut = folder.resolve("cut.zip");
            Files.write(cut, Arrays.copyOf(bytes, length));
            assertThatThrownBy(() -> CheckpointFile.read(cut))
                    .as("the first %d bytes", length)
                    .isInstanceOf(WorkFailed.class)
                    .hasMessageContaining("cut.zip can't be read as a checkpoint");
        }
    }

    @Test
    void aFlippedBitIsFound() throws IOException {
        Path file = folder.resolve("a.zip");
        CheckpointFile.write(file, small());
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);

        assertThatThrownBy(() -> CheckpointFile.read(file))
                .isInstanceOf(WorkFailed.class)
                .hasMessageContaining("check sum");
    }

    @Test
    void anotherProgramsZipIsNoCheckpoint() throws IOException {
        Path file = folder.resolve("dl4j.zip");
        ModelSerializer.writeModel(graph(), file.toFile(), false);

        assertThatThrownBy(() -> CheckpointFile.read(file))
                .isInstanceOf(WorkFailed.class)
                .hasMessage(file + " is not a checkpoint of cnn: it has no cnn/checkpoint.json");
    }

    @Test
    void aNewerFormatSaysSo() throws IOException {
        Path file = folder.resolve("new.zip");
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("cnn/checkpoint.json"));
            zip.write("{\"format\": 99, \"unheard\": 1}".getBytes(StandardCharsets.UTF_8));
        }

        assertThatThrownBy(() -> CheckpointFile.readHeader(file))
                .isInstanceOf(WorkFailed.class)
                .hasMessageContaining("newer cnn (format 99");
    }

    @Test
    void aMissingFileIsTheCommandsMistake() {
        assertThatThrownBy(() -> CheckpointFile.read(folder.resolve("no.zip")))
                .isInstanceOf(BadInput.class)
                .hasMessage("no checkpoint at " + folder.resolve("no.zip"));
    }

    @Test
    void entriesAreNamedAsDocumented() throws IOException {
        Path file = folder.resolve("a.zip");
        CheckpointFile.write(file, small());
        try (ZipFile zip = new ZipFile(file.toFile())) {
            assertThat(zip.stream().map(ZipEntry::getName))
                    .containsExactly(
                            "cnn/checkpoint.json",
                            "configuration.json",
                            "coefficients.bin",
                            "cnn/trained.bin",
                            "cnn/optimizer/a.bin",
                            "cnn/optimizer/b.bin");
        }
    }
}
