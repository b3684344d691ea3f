package org.cnnzoo.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.cnnzoo.errors.BadInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DataCommandTest {
    @TempDir private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<Exception> thrown = new ArrayList<>();

    private int run(String... args) {
        return new CommandLine(new DataCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .setExecutionExceptionHandler(
                        (e, command, parsed) -> {
                            thrown.add(e);
                            return 2;
                        })
                .execute(args);
    }

    @Test
    void listsKnownSets() {
        assertThat(run("list")).isZero();
        assertThat(out.toString())
                .containsPattern("fashion-mnist +idx +1x28x28 +10 +70000  yes, datasets")
                .containsPattern("cifar10 .* no: https://");
    }

    @Test
    void listsAsJsonOnStdoutAlone() throws Exception {
        assertThat(run("list", "--format", "json")).isZero();
        JsonNode rows = new ObjectMapper().readTree(out.toString());
        JsonNode fashion = rows.get(3);
        assertThat(fashion.get("name").asText()).isEqualTo("fashion-mnist");
        assertThat(fashion.get("splits").get("val").asInt()).isEqualTo(5000);
        assertThat(fashion.get("present").asBoolean()).isTrue();
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void drawsASheetAndPrintsItsPathAlone() throws Exception {
        Path sheet = folder.resolve("sheet.png");
        assertThat(
                        run(
                                "show",
                                "--count",
                                "4",
                                "--input-size",
                                "32",
                                "--hflip",
                                "1",
                                "--seed",
                                "2",
                                "--output",
                                sheet.toString()))
                .isZero();
        assertThat(out.toString().strip()).isEqualTo(sheet.toString());
        assertThat(err.toString()).contains("images are resized from 28x28 to 32x32 (crop)");
        assertThat(ImageIO.read(sheet.toFile()).getWidth()).isEqualTo(8 + 4 * (96 + 2 + 96 + 8));
    }

    @Test
    void augmentationOfTestImagesIsAnErrorNotSilence() {
        run("show", "--split", "test", "--hflip-prob", "0.5");
        assertThat(thrown)
                .singleElement()
                .isInstanceOf(BadInput.class)
                .extracting(Throwable::getMessage)
                .isEqualTo(
                        "augmentation changes training images only: --split must be train, not"
                                + " test");
    }

    @Test
    void everyCommandHasAnExampleInItsHelp() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(printed, true, UTF_8);
        for (String command : List.of("", "list", "show")) {
            List<String> args = new ArrayList<>(List.of("data", command, "--help"));
            args.remove("");
            assertThat(CnnCommand.run(args.toArray(String[]::new), stream, stream)).isZero();
        }
        assertThat(printed.toString(UTF_8).split("Example:", -1)).hasSize(4);
    }

    @Test
    void withoutASubcommandSaysWhichThereAre() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("cnn data list or cnn data show");
    }
}
