package org.cnnzoo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages and evaluations of what the real command line trained. */
class ReportIT {
    @TempDir private static Path folder;

    @BeforeAll
    static void train() throws Exception {
        for (String run : List.of("one", "two")) {
            String lr = run.equals("one") ? "0.05" : "0.01";
            cnn(
                    0,
                    "train",
                    "--model",
                    "lenet5",
                    "--epochs",
                    "2",
                    "--limit-train-batches",
                    "40",
                    "--lr",
                    lr,
                    "--output-dir",
                    run);
        }
    }

    private static CnnProcess cnn(int code, String... args) throws Exception {
        CnnProcess process = CnnProcess.start(folder, args);
        assertThat(process.exitCode()).as(process.stderr()).isEqualTo(code);
        return process;
    }

    private static String page(String name) throws IOException {
        String page = Files.readString(folder.resolve(name));
        assertThat(page).doesNotContain("http:", "https:", "<script", "<link", "url(");
        assertThat(Pattern.compile("(?:src|href)=\"(?!data:)").matcher(page).find()).isFalse();
        return page;
    }

    @Test
    void trainingLeavesThePageThatReportWrites() throws Exception {
        String left = page("one/report.html");
        assertThat(left)
                .contains("Confusion matrix", "Surest mistakes", "Calibration", "First layer")
                .contains("features.c1.conv", "--limit-train-batches", "cores");
        CnnProcess report = cnn(0, "report", "one", "--output", "again.html");
        assertThat(report.stdout().strip()).isEqualTo("again.html");
        assertThat(page("again.html")).isEqualTo(left);
        JsonNode result = new ObjectMapper().readTree(folder.resolve("one/result.json").toFile());
        assertThat(left)
                .contains(
                        String.format(
                                Locale.ROOT, "%.2f %%", 100 * result.get("test_top1").asDouble()));
        assertThat(result.at("/hardware/engine").asText()).isIn("onednn", "nd4j");
    }

    @Test
    void twoRunsAreCompared() throws Exception {
        CnnProcess report = cnn(0, "report", "one", "two");
        assertThat(report.stdout().strip()).isEqualTo("report.html");
        assertThat(page("report.html")).contains(">one<", ">two<", "<td>0.05</td><td>0.01</td>");
    }

    @Test
    void withoutTheCheckpointThePageSaysSo() throws Exception {
        Path run = Files.createDirectory(folder.resolve("bare"));
        for (String file : List.of("config.yaml", "metrics.jsonl")) {
            Files.copy(folder.resolve("one").resolve(file), run.resolve(file));
        }
        CnnProcess report = cnn(0, "report", "bare");
        assertThat(report.stderr()).contains("no evaluation: there is no checkpoint yet");
        assertThat(page("bare/report.html")).contains("Not evaluated", "Validation top-5");
    }

    @Test
    void wrongCommandLinesExitWith2() throws Exception {
        assertThat(cnn(2, "report", "one", "two", "--split", "val").stderr())
                .contains("--split has an effect only");
        assertThat(cnn(2, "report", "nowhere").stderr()).contains("no run folder at nowhere");
        assertThat(cnn(2, "report", "one", "one").stderr()).contains("a run is given twice");
        assertThat(cnn(2, "eval", "--run", "one", "--tta", "five").stderr())
                .contains("--tta must be none, flip or ten-crop");
        assertThat(cnn(2, "eval", "--run", "one", "--all-probabilities").stderr())
                .contains("only with --predictions");
    }

    @Test
    void answersAreWrittenAndAgreeWithTheFigures() throws Exception {
        JsonNode json =
                new ObjectMapper()
                        .readTree(
                                cnn(
                                                0,
                                                "eval",
                                                "--run",
                                                "one",
                                                "--tta",
                                                "flip",
                                                "--predictions",
                                                "answers.csv",
                                                "--all-probabilities",
                                                "--format",
                                                "json")
                                        .stdout());
        List<String> lines = Files.readAllLines(folder.resolve("answers.csv"));
        assertThat(lines).hasSize(10_001);
        assertThat(lines.get(0)).startsWith("name,label,predicted,probability,p T-shirt/top,p ");
        long right =
                lines.stream()
                        .skip(1)
                        .map(line -> line.split(",", -1))
                        .filter(cells -> cells[1].equals(cells[2]))
                        .count();
        assertThat(right / 10_000.0).isEqualTo(json.get("top1").asDouble());
        assertThat(json.get("tta").asText()).isEqualTo("flip");
        assertThat(json.get("loss").asDouble()).isNotCloseTo(plainLoss(), offset(1e-4));
        assertThat(json.get("images_per_second").asDouble()).isPositive();
        assertThat(json.at("/top1_interval/0").asDouble()).isLessThan(json.get("top1").asDouble());
    }

    /** Of the images as they are, without views of them. */
    private static double plainLoss() throws Exception {
        JsonNode result = new ObjectMapper().readTree(folder.resolve("one/result.json").toFile());
        return result.get("test_loss").asDouble();
    }

    @Test
    void tenCropsOfSmallImagesAreEvaluated() throws Exception {
        JsonNode json =
                new ObjectMapper()
                        .readTree(
                                cnn(
                                                0,
                                                "eval",
                                                "--run",
                                                "one",
                                                "--tta",
                                                "ten-crop",
                                                "--format",
                                                "json")
                                        .stdout());
        assertThat(json.get("images").asInt()).isEqualTo(10_000);
        assertThat(json.get("top1").asDouble()).isBetween(0.4, 1.0);
        assertThat(json.get("loss").asDouble()).isNotCloseTo(plainLoss(), offset(1e-4));
    }
}
