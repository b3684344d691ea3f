package org.cnnzoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.cnnzoo.run.Checkpoint;
import org.cnnzoo.run.CheckpointFile;
import org.cnnzoo.weights.tensors.TensorFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Importing and exporting by the real command line, with a file that PyTorch wrote. */
class WeightsIT {
    private static final Path PTH =
            Path.of("src/test/resources/weights/blocks/resnet_basic.pth").toAbsolutePath();
    private static final List<String> IMPORT =
            List.of(
                    "weights",
                    "import",
                    "--model",
                    "resnet18",
                    "--set",
                    "params.rows=[[4, 1, 1], [8, 2, 2]]",
                    "--input-size",
                    "32",
                    "--from",
                    PTH.toString(),
                    "--output",
                    "start.zip");

    @TempDir private Path folder;
    private List<String> arguments = new ArrayList<>();

    @BeforeEach
    void fresh() {
        arguments = new ArrayList<>(IMPORT);
    }

    private CnnProcess run(List<String> args) throws Exception {
        return CnnProcess.start(folder, args.toArray(String[]::new));
    }

    @Test
    void whatComesInGoesOutUnderTheSameNames() throws Exception {
        arguments.addAll(List.of("--classes", "5"));
        CnnProcess in = run(arguments);
        assertThat(in.exitCode()).as(in.stderr()).isZero();
        assertThat(in.stdout())
                .contains("start.zip: 47 tensors by torchvision's names")
                .contains("images: 3x32x32, crop 0.875 of the resized side, mean [0.485");
        CnnProcess out =
                run(List.of("weights", "export", "--checkpoint", "start.zip", "--output", "o.st"));
        assertThat(out.exitCode()).as(out.stderr()).isZero();
        try (TensorFile before = TensorFile.open(PTH);
                TensorFile after = TensorFile.open(folder.resolve("o.st"))) {
            assertThat(after.format()).isEqualTo("safetensors");
            List<String> names = new ArrayList<>(before.names());
            names.removeIf(name -> name.endsWith("num_batches_tracked"));
            assertThat(after.names()).containsExactlyInAnyOrderElementsOf(names);
            for (String name : names) {
                assertThat(after.shape(name)).isEqualTo(before.shape(name));
                assertThat(after.values(name)).isEqualTo(before.values(name));
            }
        }
    }

    @Test
    void anOnnxFileSaysWhatImagesGoThrough() throws Exception {
        arguments.addAll(List.of("--classes", "5"));
        assertThat(run(arguments).exitCode()).isZero();
        CnnProcess out =
                run(
                        List.of(
                                "weights",
                                "export",
                                "--checkpoint",
                                "start.zip",
                                "--format",
                                "onnx",
                                "--output",
                                "o.onnx"));
        assertThat(out.exitCode()).as(out.stderr()).isZero();
        assertThat(out.stdout()).contains("o.onnx: input [N, 3, 32, 32]", "logits [N, 5]");
        try (OrtSession session =
                OrtEnvironment.getEnvironment()
                        .createSession(folder.resolve("o.onnx").toString())) {
            assertThat(session.getMetadata().getCustomMetadata())
                    .containsEntry("mean", "[0.485, 0.456, 0.406]")
                    .containsEntry("crop_fraction", "0.875");
        }
    }

    @Test
    void aNewHeadIsNamedAndTheClassesHaveTheirNames() throws Exception {
        Files.writeString(folder.resolve("names.txt"), "cat\ndog\nfish\n");
        arguments.addAll(List.of("--classes", "3", "--class-names", "names.txt"));
        CnnProcess in = run(arguments);
        assertThat(in.exitCode()).as(in.stderr()).isZero();
        assertThat(in.stdout()).contains("new classifier: head.fc.weight, head.fc.bias");
        Checkpoint checkpoint = CheckpointFile.read(folder.resolve("start.zip"));
        assertThat(checkpoint.provenance().classes()).containsExactly("cat", "dog", "fish");
        assertThat(checkpoint.provenance().preprocessing().cropFraction()).isEqualTo(0.875);
    }

    @Test
    void weightsOfAnotherShapeAreListedAndNothingIsWritten() throws Exception {
        CnnProcess in = run(arguments);
        assertThat(in.exitCode()).isEqualTo(2);
        assertThat(in.stderr())
                .startsWith("cnn: the weights don't fit resnet18 by torchvision's names;")
                .contains("shape: fc.weight is [5, 8] in the file, [1000, 8] here")
                .contains("shape: fc.bias is [5] in the file, [1000] here")
                .doesNotContain("missing")
                .contains("--classes N keeps the rest");
        assertThat(folder.resolve("start.zip")).doesNotExist();
    }

    @Test
    void aFileThatHoldsNoWeightsIsAnError() throws Exception {
        Path text = Files.writeString(folder.resolve("notes.pth"), "not weights\n");
        arguments.set(arguments.indexOf(PTH.toString()), text.toString());
        CnnProcess in = run(arguments);
        assertThat(in.exitCode()).isIn(1, 2);
        assertThat(in.stderr().lines().count()).isBetween(1L, 3L);
        assertThat(in.stderr()).startsWith("cnn: ").contains("notes.pth");
        assertThat(folder.resolve("start.zip")).doesNotExist();
    }
}
