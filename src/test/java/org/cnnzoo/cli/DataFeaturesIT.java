package org.cnnzoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.cnnzoo.data.ResizeMode;
import org.cnnzoo.run.CheckpointFile;
import org.cnnzoo.run.EpochRecord;
import org.cnnzoo.run.EventDecoder;
import org.cnnzoo.run.MetricsFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real command line on a small folder of images: where they come from and how they change. */
class DataFeaturesIT {
    @TempDir private Path folder;

    @BeforeEach
    void photos() throws IOException {
        TestPhotos.write(folder.resolve("photos"));
    }

    private CnnProcess done(String... args) throws Exception {
        CnnProcess process = CnnProcess.start(folder, args);
        assertThat(process.exitCode()).as(process.stderr()).isZero();
        return process;
    }

    private CnnProcess trained(String run, String... more) throws Exception {
        Stream<String> first =
                Stream.of(
                        "train",
                        "--model",
                        "lenet5",
                        "--epochs",
                        "2",
                        "--batch-size",
                        "8",
                        "--output-dir",
                        run);
        return done(Stream.concat(first, Stream.of(more)).toArray(String[]::new));
    }

    private Path file(String run, String name) {
        return folder.resolve(run).resolve(name);
    }

    /** The figures that no clock measured. */
    private List<List<Double>> metrics(String run) {
        return MetricsFile.read(file(run, "metrics.jsonl")).stream()
                .map(DataFeaturesIT::figures)
                .toList();
    }

    private static List<Double> figures(EpochRecord record) {
        return List.of(
                (double) record.epoch(),
                record.lr(),
                record.trainLoss(),
                record.trainTop1(),
                record.valLoss(),
                record.valTop1());
    }

    private JsonNode eval(String run, String... more) throws Exception {
        Stream<String> first = Stream.of("eval", "--run", run, "--split", "val", "--last");
        String[] args =
                Stream.of(first, Stream.of(more), Stream.of("--format", "json"))
                        .flatMap(s -> s)
                        .toArray(String[]::new);
        return new ObjectMapper().readTree(done(args).stdout());
    }

    @Test
    void theWayToResizeStaysWithTheRun() throws Exception {
        trained("cropped", "--data", "photos");
        CnnProcess process =
                trained("boxed", "--data", "photos", "--resize-mode", "letterbox", "-j", "2");
        assertThat(process.stderr()).contains("(letterbox)");
        assertThat(metrics("boxed")).isNotEqualTo(metrics("cropped"));
        assertThat(Files.readString(file("boxed", "config.yaml")))
                .contains("resize-mode: letterbox");
        for (String name : List.of("best", "last")) {
            Path checkpoint = file("boxed", "checkpoints/" + name + ".zip");
            assertThat(CheckpointFile.readHeader(checkpoint).provenance().preprocessing().mode())
                    .isEqualTo(ResizeMode.LETTERBOX);
        }
        assertThat(eval("boxed", "--data", "photos").get("loss").asDouble())
                .isEqualTo(metrics("boxed").get(1).get(4));

        done("train", "--recipe", "boxed/config.yaml", "--output-dir", "again");
        assertThat(metrics("again")).isEqualTo(metrics("boxed"));
    }

    /** The folder's images as a CSV file in another folder. */
    private void list(String name) throws IOException {
        StringBuilder lines = new StringBuilder("path,label,split\n");
        try (Stream<Path> files = Files.walk(folder.resolve("photos"))) {
            files.filter(Files::isRegularFile)
                    .sorted()
                    .forEach(
                            image -> {
                                Path path = folder.resolve("photos").relativize(image);
                                lines.append(
                                        "../photos/%s,%s,%s%n"
                                                .formatted(path, path.getName(1), path.getName(0)));
                            });
        }
        Files.createDirectories(folder.resolve("lists"));
        Files.writeString(folder.resolve("lists").resolve(name), lines);
    }

    @Test
    void aCsvFileTrainsAsTheFolderThatItLists() throws Exception {
        list("all.csv");
        trained("folder", "--data", "photos");
        trained("csv", "--data", "lists/all.csv");
        assertThat(metrics("csv")).isEqualTo(metrics("folder"));
        assertThat(Files.readString(file("csv", "config.yaml")))
                .contains("data: " + folder.resolve("lists/all.csv").toAbsolutePath());
        JsonNode own = eval("csv");
        assertThat(own.get("data").asText()).isEqualTo("all");
        assertThat(own.get("loss")).isEqualTo(eval("folder", "--data", "photos").get("loss"));
        assertThat(eval("folder", "--data", "lists/all.csv").get("loss"))
                .isEqualTo(own.get("loss"));
        done("data", "show", "--data", "lists/all.csv", "--count", "3", "--output", "sheet.png");
        assertThat(folder.resolve("sheet.png")).isNotEmptyFile();

        done("train", "--recipe", "csv/config.yaml", "--output-dir", "again");
        assertThat(metrics("again")).isEqualTo(metrics("csv"));
    }

    @Test
    void verifyNamesWhatACsvFileListsInVain() throws Exception {
        list("all.csv");
        assertThat(done("data", "verify", "lists/all.csv").stdout()).contains("train", "val");
        Files.writeString(
                folder.resolve("lists/vain.csv"),
                Files.readString(folder.resolve("lists/all.csv")) + "gone.png,dark,train\n");
        CnnProcess vain = CnnProcess.start(folder, "data", "verify", "lists/vain.csv");
        assertThat(vain.exitCode()).isEqualTo(1);
        assertThat(vain.stdout()).contains("gone.png: no such file");
        Files.writeString(folder.resolve("lists/bad.csv"), "path,label\nx.png\n");
        CnnProcess bad =
                CnnProcess.start(folder, "train", "--model", "lenet5", "--data", "lists/bad.csv");
        assertThat(bad.exitCode()).isEqualTo(1);
        assertThat(bad.stderr()).contains("lists/bad.csv:2: 1 values where the header has 2");
    }

    @Test
    void trialsOfASweepReadACsvFile() throws Exception {
        list("all.csv");
        Files.writeString(
                folder.resolve("s.yaml"),
                """
                base: {model: lenet5, data: lists/all.csv, epochs: 1, batch-size: 8}
                space: {train.resize-mode: [crop, letterbox]}
                strategy: grid
                """);
        CnnProcess sweep = done("sweep", "s.yaml", "--format", "json");
        JsonNode result = new ObjectMapper().readTree(sweep.stdout());
        assertThat(result.get("trials")).hasSize(2);
        assertThat(result.at("/trials/1/status").asText()).isEqualTo("done");
    }

    @Test
    void figuresDoNotDependOnTheCache() throws Exception {
        trained("none", "--data", "photos", "--cache", "none");
        trained("ram", "--data", "photos", "--cache-mb", "1", "-j", "2");
        String[] disk = {"--data", "photos", "--cache", "disk", "--cache-dir", "cache"};
        String cache = folder.resolve("cache").toString(); // whole: a run goes on from any folder
        assertThat(trained("made", disk).stderr()).contains("24 images are decoded into " + cache);
        assertThat(trained("used", disk).stderr()).doesNotContain("are decoded into");
        for (String run : List.of("ram", "made", "used")) {
            assertThat(metrics(run)).as(run).isEqualTo(metrics("none"));
        }
        assertThat(Files.readString(file("made", "config.yaml")))
                .contains("cache: disk", "cache-dir: " + cache);
    }

    @Test
    void processesOfASweepShareTheCache() throws Exception {
        Files.writeString(
                folder.resolve("s.yaml"),
                """
base: {model: lenet5, data: photos, epochs: 1, batch-size: 8, cache: disk, cache-dir: cache}
space: {train.lr: [0.1, 0.01]}
strategy: grid
""");
        done("sweep", "s.yaml", "--jobs", "2", "--output-dir", "swept");
        try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".images")))
                    .as("one each for train and val")
                    .hasSize(2);
        }
    }

    @Test
    void tensorBoardsFilesSayWhatTheMetricsSayAlsoAfterAResume() throws Exception {
        trained("run", "--data", "photos", "--tensorboard");
        done("train", "--resume", "run", "--epochs", "4");
        List<Path> files = EventDecoder.files(file("run", "tensorboard"));
        assertThat(files).hasSize(2);
        List<EventDecoder.Event> events = new ArrayList<>();
        for (Path file : files) {
            List<EventDecoder.Event> own = EventDecoder.read(file);
            assertThat(own.get(0).version()).isEqualTo("brain.Event:2");
            events.addAll(own.subList(1, own.size()));
        }
        List<EpochRecord> records = MetricsFile.read(file("run", "metrics.jsonl"));
        assertThat(records).hasSize(4);
        assertThat(events).hasSize(4);
        for (int i = 0; i < 4; i++) {
            EpochRecord record = records.get(i);
            assertThat(events.get(i).step()).isEqualTo(record.epoch());
            assertThat(events.get(i).scalars())
                    .containsEntry("loss/train", (float) record.trainLoss())
                    .containsEntry("loss/val", (float) record.valLoss())
                    .containsEntry("top1/train", (float) record.trainTop1())
                    .containsEntry("top1/val", (float) record.valTop1())
                    .containsEntry("top5/val", (float) record.valTop5())
                    .containsEntry("lr", (float) record.lr())
                    .containsEntry("images_per_second/train", (float) record.imagesPerSecond())
                    .containsKey("images_per_second/val");
        }
    }

    @Test
    void progressiveResizingResumesWithTheSameBits() throws Exception {
        String[] flags =
                ("train --model resnet20_cifar --data photos --batch-size 2 --input-size 28"
                                + " --epochs 3 --save-every 1 --random-resized-crop 0.5"
                                + " --progressive-resizing 0:16,1:24,2:28 --output-dir ")
                        .split(" ", -1);
        flags[flags.length - 1] = "whole";
        assertThat(done(flags).stderr())
                .contains("training images are 16x16 from epoch 1 on")
                .contains("training images are 28x28 from epoch 3 on");
        flags[flags.length - 1] = "killed";
        CnnProcess process = CnnProcess.start(folder, flags);
        Path last = file("killed", "checkpoints/last.zip");
        while (process.process().isAlive()
                && (!Files.exists(last)
                        || CheckpointFile.readHeader(last).progress().iteration() < 14)) {
            Thread.sleep(20);
        }
        process.signal("KILL");
        assertThat(process.exitCode()).isEqualTo(137);
        assertThat(CheckpointFile.readHeader(last).progress().iteration()).isBetween(14L, 35L);
        done("train", "--resume", "killed");
        for (String name : List.of("checkpoints/last.zip", "checkpoints/best.zip")) {
            assertThat(file("killed", name)).hasSameBinaryContentAs(file("whole", name));
        }
        assertThat(metrics("killed")).isEqualTo(metrics("whole"));
        assertThat(CheckpointFile.readHeader(last).provenance().preprocessing().height())
                .isEqualTo(28);

        done("train", "--recipe", "whole/config.yaml", "--output-dir", "again");
        assertThat(metrics("again")).isEqualTo(metrics("whole"));
    }
}
