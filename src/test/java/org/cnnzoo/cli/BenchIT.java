package org.cnnzoo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code cnn bench} by the real command line. */
class BenchIT {
    private static final List<String> KEYS =
            List.of(
                    "model",
                    "mode",
                    "batch",
                    "input",
                    "threads",
                    "engine",
                    "precision",
                    "images_per_second",
                    "ms_per_step",
                    "steps",
                    "peak_rss_mb");

    @TempDir private Path folder;

    private String bench(String... flags) throws Exception {
        List<String> args = new ArrayList<>(List.of("bench", "--model", "lenet5", "-b", "4"));
        args.addAll(List.of("--warmup", "1", "--steps", "3"));
        args.addAll(List.of(flags));
        CnnProcess process = CnnProcess.start(folder, args.toArray(String[]::new));
        assertThat(process.exitCode()).as(process.stderr()).isZero();
        return process.stdout();
    }

    private JsonNode json(String... flags) throws Exception {
        List<String> args = new ArrayList<>(List.of("--format", "json"));
        args.addAll(List.of(flags));
        return new ObjectMapper().readTree(bench(args.toArray(String[]::new)));
    }

    @Test
    void oneModeIsOneObject() throws Exception {
        JsonNode facts =
                json(
                        "--mode",
                        "train",
                        "--threads",
                        "1",
                        "--input-size",
                        "32x20",
                        "--engine",
                        "nd4j");
        assertThat(facts.fieldNames()).toIterable().containsExactlyElementsOf(KEYS);
        assertThat(facts.get("model").asText()).isEqualTo("lenet5");
        assertThat(facts.get("mode").asText()).isEqualTo("train");
        assertThat(facts.get("batch").asInt()).isEqualTo(4);
        assertThat(facts.get("input").toString()).isEqualTo("[1,32,20]");
        assertThat(facts.get("threads").asInt()).isEqualTo(1);
        assertThat(facts.get("engine").asText()).isEqualTo("nd4j");
        assertThat(facts.get("precision").asText()).isEqualTo("fp32");
        assertThat(facts.get("steps").asInt()).isEqualTo(3);
        double rate = facts.get("images_per_second").asDouble();
        assertThat(rate * facts.get("ms_per_step").asDouble()).isCloseTo(4000, within(40.0));
        if (Files.exists(Path.of("/proc/self/status"))) {
            // A JVM with ND4J's native library takes tens of MB before it computes anything
            assertThat(facts.get("peak_rss_mb").asDouble()).isBetween(50.0, 5000.0);
        } else {
            assertThat(facts.get("peak_rss_mb").isNull()).isTrue();
        }
    }

    @Test
    void withoutAModeJsonIsOneObjectOfTraining() throws Exception {
        JsonNode facts = json("--threads", "1");
        assertThat(facts.isObject()).isTrue();
        assertThat(facts.get("mode").asText()).isEqualTo("train");
    }

    @Test
    void bothModesAreAnArrayAndAProfileNamesEveryLayer() throws Exception {
        JsonNode both = json("--mode", "both", "--profile", "--engine", "nd4j");
        assertThat(both.isArray()).isTrue();
        assertThat(both.findValuesAsText("mode")).containsExactly("inference", "train");
        for (JsonNode facts : both) {
            assertThat(facts.get("layers").findValuesAsText("name"))
                    .contains("features.c1.conv", "features.s4", "head.output");
            double shares = 0;
            for (JsonNode layer : facts.get("layers")) {
                shares += layer.get("share").asDouble();
                assertThat(layer.get("ms").asDouble())
                        .isCloseTo(
                                layer.get("forward_ms").asDouble()
                                        + layer.get("backward_ms").asDouble(),
                                within(2e-4));
            }
            assertThat(shares).isBetween(0.1, 1.0);
        }
    }

    @Test
    void theEngineIsNamedAsItIsAndNotAsItWasAskedFor() throws Exception {
        JsonNode facts = json("--mode", "train", "--profile", "--engine", "auto");
        assertThat(facts.get("engine").asText()).isIn("onednn", "nd4j");
        assertThat(facts.get("layers").findValuesAsText("name"))
                .contains("features.c1.conv", "features.c3.conv", "head.output");
    }

    @Test
    void theTableHasALineForEachMode() throws Exception {
        assertThat(bench("--set", "params.pooling=max").lines().filter(line -> !line.isBlank()))
                .satisfiesExactly(
                        head -> assertThat(head).startsWith("lenet5: batches of 4 x [1, 28, 28]"),
                        columns -> assertThat(columns).startsWith("mode").contains("images/s"),
                        first -> assertThat(first).startsWith("inference "),
                        second -> assertThat(second).startsWith("train "));
    }
}
