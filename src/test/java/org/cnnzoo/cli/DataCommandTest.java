package org.cnnzoo.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
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
    void whatSetsWithoutEffectAreRefused() {
        String[][] refused = {
            {"--hflip-prob=0 and --set train.hflip-prob", "--hflip-prob=0", "train.hflip-prob=1"},
            {"--split must be train", "--split=val", "train.crop-padding=4"},
            {"; --seed would be right", "--count=3", "train.seed=5"},
            {"train.lr has no effect", "--count=3", "train.lr=0.1"},
            {"train.freeze-bn has no effect", "--count=3", "train.freeze-bn=true"},
        };
        for (String[] words : refused) {
            thrown.clear();
            String sheet = folder.resolve("sheet.png").toString();
            assertThat(
                            run(
                                    "show",
                                    words[1],
                                    "--model=lenet5",
                                    "--set",
                                    words[2],
                                    "--output",
                                    sheet))
                    .isEqualTo(2);
            String part = words[0].replace("--hflip-prob=0 and", "and");
            assertThat(thrown.get(0)).hasMessageContaining(part);
            assertThat(folder.resolve("sheet.png")).doesNotExist();
        }
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
    void showDrawsLetterboxedImagesWithTheirBorders() throws Exception {
        image("train/a/1.png", 200);
        image("train/b/2.png", 200);
        image("val/a/3.png", 200);
        Path sheet = folder.resolve("sheet.png");
        List<Integer> corners = new ArrayList<>();
        for (String mode : List.of("crop", "letterbox", "stretch")) {
            assertThat(
                            run(
                                    "show",
                                    "--data",
                                    folder.toString(),
                                    "--input-size",
                                    "6",
                                    "--count",
                                    "1",
                                    "--resize-mode",
                                    mode,
                                    "--output",
                                    sheet.toString()))
                    .isZero();
            assertThat(err.toString()).contains("from 4x6 to 6x6 (" + mode + ")");
            corners.add(darkest(ImageIO.read(sheet.toFile())));
        }
        assertThat(corners.get(1)).isZero();
        assertThat(corners.get(0)).isNotZero();
        assertThat(corners.get(2)).isNotZero();
    }

    /** The smallest sample of red in the middle row's images, where a border would be black. */
    private static int darkest(BufferedImage sheet) {
        int least = 255;
        for (int y = 9; y < 100; y++) {
            least = Math.min(least, sheet.getRGB(50, y) >> 16 & 0xFF);
        }
        return least;
    }

    @Test
    void aResizeModeThatIsUnknownOrMakesNoDifferenceIsAnError() {
        run("show", "--resize-mode", "leterbox");
        run("show", "--resize-mode", "letterbox", "--input-size", "32");
        assertThat(thrown).allMatch(BadInput.class::isInstance);
        assertThat(thrown.get(0)).hasMessageContaining("did you mean 'letterbox'?");
        assertThat(thrown.get(1))
                .hasMessageContaining("--resize-mode has no effect")
                .hasMessageContaining("all 28x28");
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

    private void image(String name, int shade) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        BufferedImage image = new BufferedImage(6, 4, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 24; i++) {
            image.getRaster().setSample(i % 6, i / 6, 0, shade + i % 2);
        }
        ImageIO.write(image, "png", file.toFile());
    }

    @Test
    void verifyFindsWhatIsBrokenAndWhatIsThereTwice() throws Exception {
        image("train/a/1.png", 10);
        image("train/a/2.png", 50);
        image("train/a/3.png", 50);
        image("train/b/4.png", 200);
        image("val/a/7.png", 120);
        image("val/b/8.png", 150);
        image("test/a/5.png", 10);
        image("test/b/6.png", 90);
        Files.writeString(folder.resolve("train/b/cut.png"), "no image");
        Path page = folder.resolve("page.html");
        assertThat(run("verify", folder.toString(), "--format", "json", "--html", page.toString()))
                .isEqualTo(1);
        assertThat(thrown).isEmpty();
        JsonNode found = new ObjectMapper().readTree(out.toString());
        assertThat(found.get("wrong").asBoolean()).isTrue();
        JsonNode train = found.get("splits").get(0);
        assertThat(train.get("split").asText()).isEqualTo("train");
        assertThat(train.get("broken")).hasSize(1);
        assertThat(train.get("broken").get(0).get("file").asText()).endsWith("cut.png");
        assertThat(train.get("duplicates")).hasSize(1);
        assertThat(train.get("duplicates").get(0)).hasSize(2);
        assertThat(train.get("sizes").get("6x4 grey").asInt()).isEqualTo(4);
        // Shades 10, 50, 50, 200 and half a level for every second pixel
        assertThat(train.get("mean").get(0).asDouble()).isCloseTo((77.5 + 0.5) / 255, within(1e-6));
        assertThat(found.get("across_splits")).hasSize(1);
        assertThat(found.get("across_splits").get(0).get("test").asText()).endsWith("5.png");
        assertThat(Files.readString(page))
                .contains("cut.png", "In more than one split")
                .doesNotContain("http");
        out.getBuffer().setLength(0);
        run("verify", folder.toString());
        assertThat(out.toString())
                .contains("train: broken (1)", "train: the same (1)", "in more than one split (1)");
    }

    @Test
    void aCleanDataSetVerifiesWithZero() throws Exception {
        image("train/a/1.png", 10);
        image("train/b/2.png", 50);
        image("test/a/3.png", 90);
        image("test/b/4.png", 130);
        assertThat(run("verify", folder.toString())).isZero();
    }

    @Test
    void imagesThatStandInForATestSplitAreInOneSplitAlone() throws Exception {
        for (int i = 0; i < 20; i++) {
            image("train/%s/%d.png".formatted(i % 2 == 0 ? "a" : "b", i), 10 * i);
        }
        Files.writeString(folder.resolve("train/a/notes.txt"), "no image");
        Files.writeString(folder.resolve("train/a/.DS_Store"), "no image");
        Files.copy(folder.resolve("train/a/0.png"), folder.resolve("train/lost.png"));
        assertThat(run("verify", folder.toString(), "--format", "json")).isZero();
        JsonNode found = new ObjectMapper().readTree(out.toString());
        assertThat(found.get("wrong").asBoolean()).isFalse();
        assertThat(found.get("across_splits")).isEmpty();
        assertThat(found.get("splits")).hasSize(2);
        assertThat(found.at("/splits/0/images").asInt()).isEqualTo(18);
        assertThat(found.at("/splits/1/images").asInt()).isEqualTo(2);
        assertThat(found.get("left_out")).hasSize(3);
        out.getBuffer().setLength(0);
        assertThat(run("verify", folder.toString())).isZero();
        assertThat(out.toString())
                .contains(
                        "files that are left out (3)",
                        "notes.txt: not an image's name",
                        "lost.png: in no class's folder")
                .doesNotContain("more than one split");
    }

    @Test
    void everyCommandHasAnExampleInItsHelp() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(printed, true, UTF_8);
        for (String command : List.of("", "list", "show", "verify")) {
            List<String> args = new ArrayList<>(List.of("data", command, "--help"));
            args.remove("");
            assertThat(CnnCommand.run(args.toArray(String[]::new), stream, stream)).isZero();
        }
        assertThat(printed.toString(UTF_8).split("Examples?:", -1)).hasSize(5);
    }

    @Test
    void withoutASubcommandSaysWhichThereAre() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("cnn data list, cnn data show or cnn data verify");
    }

    @Test
    void showDrawsWhatAModelWouldSee() throws Exception {
        Path sheet = folder.resolve("sheet.png");
        assertThat(
                        run(
                                "show",
                                "--model",
                                "vgg11_bn",
                                "--set",
                                "input.shape=[3, 48, 48]",
                                "--count",
                                "1",
                                "--output",
                                sheet.toString()))
                .isZero();
        assertThat(err.toString())
                .contains("images are resized from 28x28 to 48x48 (crop), grey repeated in 3");
        assertThat(sheet).exists();
    }
}
