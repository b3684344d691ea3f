package org.cnnzoo.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line of predictions, without a network. */
class PredictCommandTest {
    @TempDir private Path folder;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int predict(String... args) {
        out.reset();
        err.reset();
        String[] all = new String[args.length + 1];
        all[0] = "predict";
        System.arraycopy(args, 0, all, 1, args.length);
        return CnnCommand.run(
                all, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    }

    private void assertRefused(String message, String... args) {
        assertThat(predict(args)).isEqualTo(2);
        assertThat(err.toString(UTF_8)).startsWith("cnn: ").contains(message);
        assertThat(err.toString(UTF_8).lines().count()).isBetween(1L, 3L);
        assertThat(out.size()).isZero();
    }

    @Test
    void aNetworkIsNamedOnceAndRightly() {
        String both = "give either --run RUN or --checkpoint FILE";
        assertRefused(both, "a.png");
        assertRefused(both, "a.png", "--run", "r", "--checkpoint", "c.zip");
        assertRefused("--last has an effect only", "a.png", "--checkpoint", "c.zip", "--last");
        assertRefused("no run folder at none", "a.png", "--run", "none");
        assertRefused("no checkpoint at none.zip", "a.png", "--checkpoint", "none.zip");
        assertRefused("no checkpoint at n.zip", "--tensor", "x.npy", "--checkpoint", "n.zip");
    }

    @Test
    void imagesOrATensorAreNamedNotBoth() {
        String either = "give either images (files, folders, globs) or --tensor X.npy";
        assertRefused(either, "--checkpoint", "c.zip");
        assertRefused(either, "--checkpoint", "c.zip", "a.png", "--tensor", "x.npy");
    }

    @Test
    void flagsOutOfRangeAreRefused() {
        assertRefused("--top-k must be 1 or more, not 0", "--checkpoint", "c", "a", "--top-k", "0");
        assertRefused("--top-k must be 1 or more, not -1", "--checkpoint", "c", "a", "--topk=-1");
        assertRefused("--batch-size must be 1 or more, not 0", "--checkpoint", "c", "a", "-b", "0");
        assertRefused("--workers must be 0 or more, not -2", "--checkpoint", "c", "a", "-j=-2");
        assertRefused("'five'", "--checkpoint", "c", "a", "--top-k", "five");
        assertRefused("[TABLE, JSON, CSV]", "--checkpoint", "c", "a", "--format", "xml");
    }

    @Test
    void theSheetIsNoneOfTheImagesHoweverItIsCalled() throws IOException {
        Path image = Files.writeString(folder.resolve("a.png"), "");
        Path link = Files.createSymbolicLink(folder.resolve("o.png"), image);
        assertRefused(
                "--sheet would overwrite",
                "--checkpoint",
                "c",
                image.toString(),
                "--sheet",
                link.toString());
        assertRefused(
                "--sheet would overwrite",
                "--checkpoint",
                "c",
                image.toString(),
                "--sheet",
                folder.resolve("../" + folder.getFileName() + "/a.png").toString());
    }

    @Test
    void flagsThatWouldHaveNoEffectAreRefused() {
        assertRefused(
                "--sheet has an effect only with image files",
                "--checkpoint",
                "c",
                "--tensor",
                "x.npy",
                "--sheet",
                "s.png");
        assertRefused(
                "--workers has an effect only with image files",
                "--checkpoint",
                "c",
                "--tensor",
                "x.npy",
                "--workers",
                "2");
    }

    @Test
    void aSheetIsAPngAndNoneOfTheImages() {
        assertRefused("s.jpg must end in .png", "--checkpoint", "c", "a.png", "--sheet", "s.jpg");
        assertRefused(
                "--sheet would overwrite a.png", "--checkpoint", "c", "a.png", "--sheet", "a.png");
    }

    @Test
    void whatGivesNoImageIsNamed() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertRefused("no image in the folder " + empty, "--checkpoint", "c", empty.toString());
        assertRefused(
                "no image file matches '" + folder + "/**/*.png'",
                "--checkpoint",
                "c",
                folder + "/**/*.png");
    }

    @Test
    void helpTellsOfEveryWay() {
        assertThat(predict("--help")).isZero();
        assertThat(out.toString(UTF_8))
                .contains("--topk, --top-k=K", "table|json|csv", "(default table)", "[N, C, H, W]")
                .contains("Examples:", "'photos/**/*.jpg'");
    }
}
