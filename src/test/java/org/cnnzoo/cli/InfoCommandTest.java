package org.cnnzoo.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.cnnzoo.recipe.Home;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class InfoCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... args) {
        return CnnCommand.run(
                args, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    }

    private JsonNode json(String... args) throws IOException {
        assertThat(run(args)).as(err.toString(UTF_8)).isZero();
        return new ObjectMapper().readTree(out.toString(UTF_8));
    }

    static Stream<String> rows() throws IOException {
        Path table = Home.path().resolve("src/test/resources/models.csv");
        return Files.readAllLines(table).stream().skip(1);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void countsOfEveryRowAreExact(String row) throws IOException {
        String[] c = row.split(",", -1);
        List<String> args = new ArrayList<>(List.of("info", "--format", "json", "--model", c[0]));
        if (!c[1].isEmpty()) {
            args.addAll(List.of("--set", "params." + c[1]));
        }
        args.addAll(List.of("--channels", c[2], "--input-size", c[3] + "x" + c[4]));
        args.addAll(List.of("--classes", c[5]));
        JsonNode info = json(args.toArray(String[]::new));
        assertThat(info.get("trainable_params").asLong()).isEqualTo(Long.parseLong(c[6]));
        assertThat(info.get("macs").asLong()).isEqualTo(Long.parseLong(c[7]));
        assertThat(info.get("flops").asLong()).isEqualTo(2 * Long.parseLong(c[7]));
    }

    /** The table of lectures on AlexNet, recomputed by hand where it says 56 for 55. */
    @ParameterizedTest
    @CsvSource({
        // layer, output, memory KB = C H W 4 / 1024, parameters, MACs
        "features.conv1.conv, '[64,55,55]', 756.25, 23296, 70276800",
        "features.pool1, '[64,27,27]', 182.25, 0, 0",
        "features.conv2.conv, '[192,27,27]', 546.75, 307392, 223948800",
        "features.pool2, '[192,13,13]', 126.75, 0, 0",
        "features.conv3.conv, '[384,13,13]', 253.5, 663936, 112140288",
        "features.conv4.conv, '[256,13,13]', 169, 884992, 149520384",
        "features.conv5.conv, '[256,13,13]', 169, 590080, 99680256",
        "features.pool5, '[256,6,6]', 36, 0, 0",
        "head.fc6, '[4096]', 16, 37752832, 37748736",
        "head.fc7, '[4096]', 16, 16781312, 16777216",
        "head.fc8, '[1000]', 3.90625, 4097000, 4096000",
    })
    void alexnetIsTheTableOfLectures(
            String layer, String output, double kilobytes, long parameters, long macs)
            throws IOException {
        JsonNode info = json("info", "--model", "alexnet", "--format", "json");
        for (JsonNode node : info.get("layers")) {
            if (node.get("name").asText().equals(layer)) {
                assertThat(node.get("output").toString()).isEqualTo(output);
                assertThat(node.get("activation_bytes").asDouble() / 1024).isEqualTo(kilobytes);
                assertThat(node.get("params").asLong()).isEqualTo(parameters);
                assertThat(node.get("macs").asLong()).isEqualTo(macs);
                return;
            }
        }
        throw new AssertionError("no layer " + layer + " in " + info.get("layers"));
    }

    @Test
    void memoryGrowsWithTheBatchByItsActivations() throws IOException {
        JsonNode one = json("info", "--model", "lenet", "--format", "json").get("memory");
        out.reset();
        JsonNode ten =
                json("info", "--model", "lenet", "-b", "10", "--format", "json").get("memory");
        assertThat(ten.get("activations").asLong()).isEqualTo(10 * one.get("activations").asLong());
        assertThat(ten.get("parameters").asLong()).isEqualTo(4 * 61_706);
        assertThat(ten.get("workspace").asLong()).isGreaterThan(one.get("workspace").asLong());
        assertThat(ten.get("total").asLong())
                .isEqualTo(
                        3 * ten.get("parameters").asLong()
                                + ten.get("activations").asLong()
                                + ten.get("workspace").asLong());
    }

    @Test
    void wrongCommandLinesSayWhatWouldBeRight() {
        assertThat(run("info", "--model", "alexnett")).isEqualTo(2);
        assertThat(run("info", "--model", "vgg16", "--input-size", "16")).isEqualTo(2);
        assertThat(run("info", "--model", "vgg16", "--set", "params.widht=2")).isEqualTo(2);
        assertThat(run("info", "--model", "vgg16", "--input-size", "huge")).isEqualTo(2);
        assertThat(err.toString(UTF_8))
                .contains("did you mean 'alexnet'?", "at least 32 px", "did you mean 'width'?")
                .contains("expected pixels, as 160 or 160x224");
        assertThat(out.size()).isZero();
    }

    @Test
    void modelMayStandWithoutItsFlag() throws IOException {
        String flag = json("info", "--model", "lenet5", "--format", "json").toString();
        out.reset();
        assertThat(json("info", "lenet5", "--format", "json")).hasToString(flag);
        out.reset();
        assertThat(json("info", "lenet5", "--model", "lenet5", "--format", "json"))
                .hasToString(flag);
    }

    /** Each line's refusal, and a word of what it says. */
    @ParameterizedTest
    @CsvSource({
        "info, which model?",
        "info lenet5 --model vgg16, two models: lenet5 and --model vgg16",
        "info lenet5 --format xml, 'expected one of'",
        "models --format csv, expected table or json",
        "info lenet5 --diagram png, 'expected one of'",
        "info lenet5 --diagram svg --format json, --format has no effect with --diagram",
        "info lenet5 --diagram svg -b 2, --batch-size has no effect with --diagram",
        "info lenet5 --output x.svg, --output has an effect only with --diagram",
        "info lenet5 --compare-set params.classes=2, only with --compare",
        "info lenet5 --compare vgg11 --diagram svg, --compare has no effect with --diagram",
        "info lenet5 --compare vgg11 --format csv, --compare prints table or json",
        "info lenet5 --compare vgg1, did you mean 'vgg11'?",
        "info lenet5 --cards docs, MODEL has no effect with --cards",
    })
    void flagsWithoutEffectAreRefused(String line, String word) {
        assertThat(run(line.split(" "))).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains(word);
        assertThat(out.size()).isZero();
    }

    @Test
    void csvHasTheKeysOfJsonAndALineForEachLayer() throws IOException {
        JsonNode layers = json("info", "alexnet", "--format", "json").get("layers");
        out.reset();
        assertThat(run("info", "alexnet", "--format", "csv")).isZero();
        List<String> lines = out.toString(UTF_8).lines().toList();
        List<String> keys = new ArrayList<>();
        layers.get(0).fieldNames().forEachRemaining(keys::add);
        assertThat(lines.get(0)).isEqualTo(String.join(",", keys));
        assertThat(lines).hasSize(1 + layers.size());
        assertThat(lines.get(1))
                .startsWith("features.conv1.conv,conv,64x55x55,23296,70276800,774400");
    }

    @Test
    void diagramGoesToAFileOrToStdout(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("lenet.svg");
        assertThat(run("info", "lenet5", "--diagram", "svg", "--output", file.toString())).isZero();
        assertThat(out.size()).isZero();
        assertThat(run("info", "lenet5", "--diagram", "SVG")).isZero();
        assertThat(Files.readString(file)).isEqualTo(out.toString(UTF_8)).contains("5x5 conv, 16");
        out.reset();
        assertThat(run("info", "lenet5", "--diagram", "html")).isZero();
        assertThat(out.toString(UTF_8))
                .contains("<svg", "<td class=\"word\">features.c1.conv</td>");
        Path deeper = folder.resolve("new/x.svg");
        assertThat(run("info", "lenet5", "--diagram", "svg", "--output", deeper.toString()))
                .isZero();
        assertThat(deeper).hasSameTextualContentAs(file);
        assertThat(run("info", "lenet5", "--diagram", "svg", "--output", file + "/x.svg"))
                .isEqualTo(1); // no folder
    }

    /** Table 1 of He 2015: ResNet-34 has 1, 2, 4 and 1 blocks more, of six operations and a sum. */
    @Test
    void comparedNetworksShareWhatIsTheSame() throws IOException {
        JsonNode both = json("info", "resnet18", "--compare", "resnet34", "--format", "json");
        assertThat(both.get("a").get("trainable_params").asLong()).isEqualTo(11_689_512);
        assertThat(both.get("b").get("trainable_params").asLong()).isEqualTo(21_797_672);
        assertThat(both.get("a").has("layers")).isFalse();
        int more = 0;
        for (JsonNode pair : both.get("layers")) {
            assertThat(pair.get("b").isNull()).as("%s", pair).isFalse();
            assertThat(pair.get("same").asBoolean()).isEqualTo(!pair.get("a").isNull());
            more += pair.get("a").isNull() ? 1 : 0;
        }
        assertThat(more).isEqualTo(8 * 7);
    }

    @Test
    void comparisonPrintsTotalsWithTheirRatioAndMarksWhatDiffers() {
        assertThat(
                        run(
                                "info",
                                "lenet5",
                                "--compare",
                                "lenet5",
                                "--compare-set",
                                "params.pooling=max",
                                "--compare-set",
                                "params.classes=20"))
                .isZero();
        assertThat(out.toString(UTF_8).lines())
                .anyMatch(line -> line.matches("trainable params +61,706 +62,556 +1\\.014"))
                .anyMatch(line -> line.matches("- +features\\.s2 +avg_pool .*"))
                .anyMatch(line -> line.matches("\\+ +features\\.s2 +max_pool .*"))
                .anyMatch(line -> line.matches(" +features\\.c1\\.conv += +conv .* 156 +="));
    }

    @Test
    void modelsAreListedByPattern() throws IOException {
        JsonNode models = json("models", "vgg1?_bn", "--format", "json");
        assertThat(models.findValuesAsText("name"))
                .containsExactly("vgg11_bn", "vgg13_bn", "vgg16_bn", "vgg19_bn");
        assertThat(models.get(0).get("family").asText()).isEqualTo("vgg");
        assertThat(models.get(0).get("input").toString()).isEqualTo("[3,224,224]");
        assertThat(run("models", "vgh*")).isEqualTo(2);
        out.reset();
        assertThat(run("models", "vgg16")).isZero();
        assertThat(out.toString(UTF_8).lines().toList().get(1))
                .matches("vgg16 +vgg +138,357,544 +15,470,264,320 +3x224x224 +https://\\S+");
    }
}
