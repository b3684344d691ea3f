package org.cnnzoo.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code --resume} refuses, in this process: the run's files stay as they were. */
class ResumeIT {
    @TempDir private static Path folder;

    @BeforeAll
    static void photos() throws IOException {
        TestPhotos.write(folder.resolve("photos"));
    }

    private static String run(int code, String... args) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream none = new PrintStream(new ByteArrayOutputStream(), true, UTF_8);
        assertThat(CnnCommand.run(args, none, new PrintStream(err, true, UTF_8)))
                .as(err.toString(UTF_8))
                .isEqualTo(code);
        return err.toString(UTF_8);
    }

    private static Path trained(String name, String... more) {
        Path run = folder.resolve(name);
        run(
                0,
                Stream.concat(
                                Stream.of(
                                        "train",
                                        "--data",
                                        folder.resolve("photos").toString(),
                                        "--epochs",
                                        "2",
                                        "--batch-size",
                                        "8",
                                        "--output-dir",
                                        run.toString()),
                                Stream.of(more))
                        .toArray(String[]::new));
        return run;
    }

    private static void assertRefused(Path run, String message, String... flags)
            throws IOException {
        String config = Files.readString(run.resolve("config.yaml"));
        byte[] last = Files.readAllBytes(run.resolve("checkpoints/last.zip"));
        String[] args =
                Stream.concat(Stream.of("train", "--resume", run.toString()), Stream.of(flags))
                        .toArray(String[]::new);
        String said = run(2, args);
        assertThat(said).contains(message);
        assertThat(said.substring(said.indexOf("cnn: ")).lines().count()).isBetween(1L, 3L);
        assertThat(run.resolve("config.yaml")).hasContent(config);
        assertThat(Files.readAllBytes(run.resolve("checkpoints/last.zip"))).isEqualTo(last);
        assertThat(run.resolve("result.json")).exists();
    }

    @Test
    void whatTheBestEpochCouldNotBeToldOver() throws IOException {
        Path run = trained("sized", "--model", "resnet20_cifar", "--input-size", "16");
        assertRefused(run, "has been validated with 16x16", "--input-size", "24");
        assertRefused(run, "has been validated with 0", "--limit-val-batches", "1");
        // and what is as it was is no change
        run(0, "train", "--resume", run.toString(), "--input-size", "16", "--epochs", "3");
    }

    @Test
    void anotherMeaningOfTheSameVectors() throws IOException {
        Path run = trained("form", "--model", "lenet5", "--opt", "rmsprop", "--lr", "0.001");
        assertRefused(run, "has momentum by pytorch", "--rmsprop-form", "tensorflow");
        assertRefused(run, "another optimiser", "--opt", "sgd");
    }

    @Test
    void anArchitectureFileThatBecameAnotherNetworkBesideAnyFlag() throws IOException {
        Path file = folder.resolve("net.yaml");
        String lenet =
                Files.readString(
                        Path.of(System.getProperty("cnn.home", "."), "configs/models/lenet5.yaml"));
        Files.writeString(file, lenet);
        Path run = trained("own", "--model", file.toString());
        Files.writeString(file, lenet.replace("default: tanh", "default: relu"));
        for (List<String> flags : List.of(List.<String>of(), List.of("--dropout", "0.4"))) {
            assertRefused(run, "is not the network that", flags.toArray(String[]::new));
        }
        Files.writeString(file, lenet);
        run(0, "train", "--resume", run.toString(), "--dropout", "0.4", "--epochs", "3");
    }

    @Test
    void tensorBoardsFilesOfARunThatIsOver() throws IOException {
        Path run = trained("over", "--model", "lenet5");
        run(0, "train", "--resume", run.toString(), "--tensorboard");
        try (Stream<Path> files = Files.list(run.resolve("tensorboard"))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void withoutTestImagesNothingIsCalledTest() throws IOException {
        Path run = trained("untested", "--model", "lenet5");
        assertThat(Files.readString(run.resolve("result.json"))).doesNotContain("test_top1");
        assertThat(Files.readString(run.resolve("report.html")))
                .contains("val split")
                .doesNotContain("test split");
        String said = run(0, "eval", "--run", run.toString());
        assertThat(said).isEmpty();
        assertThat(run(2, "eval", "--run", run.toString(), "--split", "test"))
                .contains("has no test images");
    }
}
