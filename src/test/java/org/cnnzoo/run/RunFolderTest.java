package org.cnnzoo.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.errors.WorkFailed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
    private static final LocalDateTime NOW = LocalDateTime.of(2026, 3, 4, 5, 6, 7);

    @TempDir private Path parent;

    private static EpochRecord record(int epoch) {
        return new EpochRecord(epoch, epoch * 10L, 0.1, 1.5, 0.25, 1.25, 0.5, 0.75, 321.5, 2, 0.5);
    }

    @Test
    void isNamedAfterModelDataAndTimeAndNeverTakenTwice() {
        try (RunFolder first = RunFolder.create(parent.resolve("runs"), "vgg16", "my pets/", NOW);
                RunFolder second =
                        RunFolder.create(parent.resolve("runs"), "vgg16", "my pets/", NOW)) {
            assertThat(first.files().name()).isEqualTo("vgg16-my_pets_-20260304-050607");
            assertThat(second.files().name()).isEqualTo("vgg16-my_pets_-20260304-050607-2");
            assertThat(first.files().folder().resolve("checkpoints")).isDirectory();
        }
    }

    @Test
    void refusesAFile() throws IOException {
        Path file = Files.createFile(parent.resolve("run"));
        assertThatThrownBy(() -> RunFolder.createAt(file))
                .isInstanceOf(BadInput.class)
                .hasMessage(file + " is a file; a folder was expected");
    }

    @Test
    void whateverStopsAFilesContentLeavesNothing() throws IOException {
        Path file = Files.writeString(parent.resolve("a.csv"), "old");
        assertThatThrownBy(
                        () ->
                                AtomicFile.write(
                                        file,
                                        out -> {
                                            out.write('n');
                                            throw new WorkFailed("halfway");
                                        }))
                .hasMessage("halfway");
        assertThat(parent).isDirectoryContaining(path -> path.equals(file));
        try (Stream<Path> files = Files.list(parent)) {
            assertThat(files).containsExactly(file);
        }
        assertThat(file).hasContent("old");
    }

    @Test
    void refusesASecondUser() {
        Path folder = parent.resolve("run");
        try (RunFolder run = RunFolder.createAt(folder)) {
            run.writeConfig("model: lenet5\n");
            assertThatThrownBy(() -> RunFolder.open(folder))
                    .isInstanceOf(BadInput.class)
                    .hasMessageStartingWith(folder + " is in use by another process");
        }
        RunFolder.open(folder).close();
    }

    @Test
    void refusesANewRunWhereThereIsOne() {
        Path folder = parent.resolve("run");
        try (RunFolder run = RunFolder.createAt(folder)) {
            run.writeConfig("model: lenet5\n");
        }
        assertThatThrownBy(() -> RunFolder.createAt(folder))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("--resume");
    }

    @Test
    void refusesWhatIsNoRun() throws IOException {
        assertThatThrownBy(() -> RunFolder.open(parent.resolve("nothing")))
                .isInstanceOf(BadInput.class)
                .hasMessage("no run folder at " + parent.resolve("nothing"));
        Files.createDirectories(parent.resolve("other"));
        assertThatThrownBy(() -> RunFolder.open(parent.resolve("other")))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("is not a run folder");
    }

    @Test
    void metricsAreLinesWithTheKeysThatScriptsRelyOn() throws IOException {
        try (RunFolder run = RunFolder.createAt(parent.resolve("run"))) {
            run.metrics().append(record(1));
            assertThat(Files.readString(run.files().metrics()))
                    .isEqualTo(
                            "{\"epoch\":1,\"iteration\":10,\"lr\":0.1,\"train_loss\":1.5,"
                                    + "\"train_top1\":0.25,\"val_loss\":1.25,\"val_top1\":0.5,"
                                    + "\"val_top5\":0.75,\"images_per_second\":321.5,"
                                    + "\"seconds\":2.0,\"input_wait_share\":0.5}\n");
        }
    }

    @Test
    void metricsAreCutBackToTheEpochsThatACheckpointKnows() {
        Path folder = parent.resolve("run");
        try (RunFolder run = RunFolder.createAt(folder)) {
            run.writeConfig("model: lenet5\n");
            for (int epoch = 1; epoch <= 4; epoch++) {
                run.metrics().append(record(epoch));
            }
        }
        try (RunFolder run = RunFolder.open(folder)) {
            run.metrics().cutBack(2);
            assertThat(MetricsFile.read(run.files().metrics()))
                    .isEqualTo(List.of(record(1), record(2)));
        }
    }

    @Test
    void aLineThatIsNoRecordIsNamed() throws IOException {
        Path file = parent.resolve("metrics.jsonl");
        Files.writeString(file, Json.line(record(1)) + "\n{\"epoch\":2}\n");
        assertThatThrownBy(() -> MetricsFile.read(file))
                .isInstanceOf(WorkFailed.class)
                .hasMessage(file + ":2: not a line of metrics");
    }

    @Test
    void aWriteThatFailsLeavesTheOldFileAndNothingElse() throws IOException {
        Path file = parent.resolve("last.zip");
        AtomicFile.write(file, "good");
        assertThatThrownBy(
                        () ->
                                AtomicFile.write(
                                        file,
                                        out -> {
                                            out.write(new byte[1 << 20]);
                                            throw new IOException("No space left on device");
                                        }))
                .isInstanceOf(WorkFailed.class)
                .hasMessage(
                        "could not write %s: No space left on device%nthe file that was there is"
                                        .formatted(file)
                                + " intact");
        assertThat(file).hasContent("good");
        try (Stream<Path> left = Files.list(parent)) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void whatAKilledProcessWasWritingIsSweptAway() throws IOException {
        Path folder = parent.resolve("run");
        try (RunFolder run = RunFolder.createAt(folder)) {
            run.writeConfig("model: lenet5\n");
        }
        Path half = folder.resolve("checkpoints/.last.zip.tmp");
        Files.writeString(half, "half");

        RunFolder.open(folder).close();

        assertThat(half).doesNotExist();
    }

    @Test
    void theResultHoldsTheLastEpochsFiguresAmongItsOwn() {
        RunResult result =
                new RunResult(
                        "run",
                        "lenet5",
                        "fashion-mnist",
                        "completed",
                        record(2),
                        1,
                        0.5,
                        new RunResult.Test(0.5, 0.9, 0.99),
                        61706,
                        416520,
                        1,
                        new TreeMap<>(Map.of("cnn", "0.1")),
                        new TreeMap<>(Map.of("cores", "2")),
                        "ab",
                        4.5,
                        "2026-11-24T13:00:00Z");
        assertThat(result.toJson())
                .contains("\"val_top1\" : 0.5", "\"best_epoch\" : 1", "\"best_val_top1\" : 0.5")
                .contains("\"test_top1\" : 0.9", "\"wall_seconds\" : 4.5", "\"data_hash\" : \"ab\"")
                .contains("\"macs\" : 416520", "\"cnn\" : \"0.1\"", "\"cores\" : \"2\"")
                .doesNotContain("\"last\"", "\"test\"");
    }

    @Test
    void whatWasInTheFolderBeforeARunStaysThere() throws IOException {
        Path folder = Files.createDirectories(parent.resolve("mine"));
        Path file = Files.writeString(folder.resolve("precious.tmp"), "p");
        Path hidden = Files.writeString(folder.resolve(".precious.tmp"), "p");
        Path inside = Files.createDirectories(folder.resolve("keep.tmp")).resolve("x");
        Files.writeString(inside, "p");
        try (RunFolder run = RunFolder.createAt(folder)) {
            run.writeConfig("model: lenet5\n");
            assertThat(file).exists();
            assertThat(hidden).exists();
            assertThat(inside).exists();
        }
        Path left = Files.writeString(folder.resolve(".result.json.tmp"), "half");
        try (RunFolder run = RunFolder.open(folder)) {
            assertThat(left).doesNotExist();
            assertThat(file).exists();
            assertThat(inside).exists();
            assertThat(run.files().config()).exists();
        }
    }

    @Test
    void aLinksTargetIsWrittenAndTheLinkStays() throws IOException {
        Path target = Files.writeString(parent.resolve("target.csv"), "old");
        Path link = Files.createSymbolicLink(parent.resolve("link.csv"), Path.of("target.csv"));
        AtomicFile.write(link, "new");
        assertThat(link).isSymbolicLink();
        assertThat(target).hasContent("new");
        Path dangling = Files.createSymbolicLink(parent.resolve("to.csv"), Path.of("there.csv"));
        AtomicFile.write(dangling, "first");
        assertThat(dangling).isSymbolicLink();
        assertThat(parent.resolve("there.csv")).hasContent("first");
    }

    @Test
    void aPipeIsWrittenInto() throws Exception {
        Path pipe = parent.resolve("pipe");
        assumeThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
        CompletableFuture<String> reader =
                CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return Files.readString(pipe);
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        });
        AtomicFile.write(pipe, "through");
        assertThat(reader.get(20, TimeUnit.SECONDS)).isEqualTo("through");
        assertThat(Files.isRegularFile(pipe)).isFalse();
    }
}
