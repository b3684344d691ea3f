package org.cnnzoo.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.cnnzoo.PythonScript;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** scripts/bench-pytorch on its smallest case, where there is a Python with torchvision. */
class BenchPyTorchIT {
    private static final Path PAGE = Path.of("docs/performance.md");

    @TempDir private Path folder;

    @BeforeEach
    void torchvision() throws Exception {
        PythonScript.assumeTorchvision(folder);
    }

    private String run(int exit, String... command) throws Exception {
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        assertThat(PythonScript.run(out, err, command)).as(Files.readString(err)).isEqualTo(exit);
        return Files.readString(exit == 0 ? out : err);
    }

    @Test
    void measuresBothSidesAndComparesWithTheFasterLayout() throws Exception {
        String page = Files.readString(PAGE);
        String json =
                run(
                        0,
                        "scripts/bench-pytorch",
                        "lenet5",
                        "--rounds",
                        "1",
                        "--steps",
                        "2",
                        "--warmup",
                        "1",
                        "--no-write",
                        "--format",
                        "json");
        JsonNode result = new ObjectMapper().readTree(json).get(0);
        assertThat(result.get("case").asText()).isEqualTo("lenet5");
        assertThat(result.get("versions").has("PyTorch")).isTrue();
        Map<String, Double> rates = new HashMap<>();
        for (JsonNode one : result.get("rounds").get(0).get("runs")) {
            assertThat(one.get("steps").asInt()).isEqualTo(2);
            rates.put(
                    one.get("who").asText() + " " + one.get("mode").asText(),
                    one.get("images_per_second").asDouble());
        }
        boolean bf16 = rates.containsKey("cnn bf16 train");
        assertThat(rates).hasSize(bf16 ? 8 : 6);
        for (String mode : new String[] {"train", "inference"}) {
            double theirs =
                    Math.max(rates.get("contiguous " + mode), rates.get("channels_last " + mode));
            double ratio = rates.get("cnn " + mode) / theirs;
            JsonNode summary = result.get(mode);
            assertThat(summary.get("ratio").asDouble()).isCloseTo(ratio, within(1e-9 * ratio));
            assertThat(summary.get("met").asBoolean())
                    .isEqualTo(ratio >= (mode.equals("train") ? 1.0 : 1.5));
        }
        if (bf16) {
            assertThat(result.get("bf16").get("train").get("ratio").asDouble())
                    .isCloseTo(
                            rates.get("cnn bf16 train") / rates.get("cnn train"),
                            within(1e-9 * 10));
        } else {
            assertThat(result.get("bf16").get("train").isNull()).isTrue();
        }
        assertThat(Files.readString(PAGE)).as("--no-write").isEqualTo(page);
    }

    @Test
    void anUnknownCaseIsRefusedWithTheNearest() throws Exception {
        assertThat(run(1, "scripts/bench-pytorch", "resnet81"))
                .contains("no case 'resnet81'; did you mean 'resnet18'?", "mobilenet_v3_large");
    }
}
