package org.cnnzoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evaluating what the real command line trained. */
class EvalIT {
    @TempDir private static Path folder;

    @BeforeAll
    static void train() throws Exception {
        trained("run");
    }

    private static CnnProcess trained(String run, String... more) throws Exception {
        String[] words = {
            "train",
            "--model",
            "lenet5",
            "--epochs",
            "1",
            "--limit-train-batches",
            "60",
            "--output-dir",
            run
        };
        CnnProcess process =
                CnnProcess.start(
                        folder,
                        Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new));
        assertThat(process.exitCode()).as(process.stderr()).isZero();
        return process;
    }

    private static JsonNode json(String... args) throws Exception {
        CnnProcess process = CnnProcess.start(folder, args);
        assertThat(process.exitCode()).as(process.stderr()).isZero();
        return new ObjectMapper().readTree(process.stdout());
    }

    @Test
    void givesTheFiguresThatTheRunRecorded() throws Exception {
        JsonNode recorded = new ObjectMapper().readTree(folder.resolve("run/result.json").toFile());
        JsonNode test = json("eval", "--run", "run", "--format", "json");
        assertThat(test.get("top1")).isEqualTo(recorded.get("test_top1"));
        assertThat(test.get("top5")).isEqualTo(recorded.get("test_top5"));
        assertThat(test.get("loss")).isEqualTo(recorded.get("test_loss"));
        assertThat(test.get("split").asText()).isEqualTo("test");
        assertThat(test.get("images").asLong()).isEqualTo(10_000);
        JsonNode val = json("eval", "--run", "run", "--last", "--split", "val", "--format", "json");
        assertThat(val.get("top1")).isEqualTo(recorded.get("val_top1"));
        assertThat(val.get("loss")).isEqualTo(recorded.get("val_loss"));
    }

    @Test
    void theLastCheckpointIsNotTheBest() throws Exception {
        trained("other", "--lr", "0.001");
        Path best = folder.resolve("other/checkpoints/best.zip");
        Files.copy(
                folder.resolve("run/checkpoints/best.zip"),
                best,
                StandardCopyOption.REPLACE_EXISTING);
        String[] val = {"eval", "--run", "other", "--split", "val", "--format", "json"};
        JsonNode run = new ObjectMapper().readTree(folder.resolve("run/result.json").toFile());
        assertThat(json(val).get("loss")).isEqualTo(run.get("val_loss"));
        String[] last = Arrays.copyOf(val, val.length + 1);
        last[val.length] = "--last";
        JsonNode other = new ObjectMapper().readTree(folder.resolve("other/result.json").toFile());
        assertThat(json(last).get("loss")).isEqualTo(other.get("val_loss"));
    }

    @Test
    void aCheckpointsFileIsAllItNeeds() throws Exception {
        String file = "run/checkpoints/best.zip";
        JsonNode byFile =
                json("eval", "--checkpoint", file, "--split", "val", "-j", "2", "--format", "json");
        assertThat(byFile.get("checkpoint").asText()).isEqualTo(file);
        assertThat(byFile.get("per_class")).hasSize(10);
        assertThat(byFile.get("confusion")).hasSize(10);
        assertThat(byFile.at("/per_class/0/class").asText()).isEqualTo("T-shirt/top");
    }

    @Test
    void aRunIsValidatedOnTheImagesThatItSetAside() throws Exception {
        CnnProcess process = trained("fiftieth", "--val-split", "0.02", "--val-seed", "4");
        assertThat(process.stderr()).contains("58,800 images to train on, 1,200 to validate");
        JsonNode recorded =
                new ObjectMapper().readTree(folder.resolve("fiftieth/result.json").toFile());
        JsonNode val = json("eval", "--run", "fiftieth", "--split", "val", "--format", "json");
        assertThat(val.get("images").asLong()).isEqualTo(1_200);
        assertThat(val.get("loss")).isEqualTo(recorded.get("val_loss"));
        String[] byFile = {
            "eval",
            "--checkpoint",
            "fiftieth/checkpoints/best.zip",
            "--split",
            "val",
            "--val-split",
            "0.02",
            "--val-seed",
            "4",
            "--format",
            "json"
        };
        assertThat(json(byFile).get("loss")).isEqualTo(recorded.get("val_loss"));
        CnnProcess usual =
                CnnProcess.start(
                        folder,
                        "eval",
                        "--checkpoint",
                        "fiftieth/checkpoints/best.zip",
                        "--split",
                        "val");
        assertThat(usual.exitCode()).isZero();
        assertThat(usual.stderr()).contains("or were divided otherwise (--val-split, --val-seed)");
        CnnProcess resumed =
                CnnProcess.start(
                        folder,
                        "train",
                        "--resume",
                        "fiftieth",
                        "--epochs",
                        "2",
                        "--val-seed",
                        "5");
        assertThat(resumed.exitCode()).isEqualTo(2);
        assertThat(resumed.stderr()).contains("are not those that fiftieth was trained on");
    }

    @Test
    void wrongCommandLinesExitWith2() throws Exception {
        CnnProcess neither = CnnProcess.start(folder, "eval");
        assertThat(neither.exitCode()).isEqualTo(2);
        assertThat(neither.stderr()).contains("either --run RUN or --checkpoint FILE");
        CnnProcess split = CnnProcess.start(folder, "eval", "--run", "run", "--split", "tset");
        assertThat(split.exitCode()).isEqualTo(2);
        assertThat(split.stderr()).contains("train, val or test");
    }
}
