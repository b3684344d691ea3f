package org.cnnzoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.cnnzoo.data.ResizeMode;
import org.cnnzoo.run.CheckpointFile;
import org.cnnzoo.run.EpochRecord;
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
}
