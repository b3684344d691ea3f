package org.cnnzoo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The files of src/test/resources/images were written with PIL 9.4: 32x16 pixels in four quarters,
 * red (200, 30, 30), green (30, 180, 30), blue (30, 30, 200) and grey (128); the values expected
 * here are what PIL reads from them.
 */
class ImageDecoderTest {
    private static final Path IMAGES = Path.of("src/test/resources/images");
    private static final int[][] QUARTERS = {
        {200, 30, 30}, {30, 180, 30}, {30, 30, 200}, {128, 128, 128}
    };

    @TempDir private Path folder;
    private final ImageDecoder decoder = new ImageDecoder();

    private PixelImage decode(String name) throws IOException {
        return decoder.decode(IMAGES.resolve(name));
    }

    private static void isQuarters(PixelImage image, int tolerance) {
        assertThat(List.of(image.channels(), image.height(), image.width()))
                .containsExactly(3, 16, 32);
        for (int q = 0; q < 4; q++) {
            for (int c = 0; c < 3; c++) {
                assertThat(image.at(c, q < 2 ? 2 : 14, q % 2 == 0 ? 2 : 30))
                        .isBetween(QUARTERS[q][c] - tolerance, QUARTERS[q][c] + tolerance);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ycbcr.jpg", "progressive.jpg", "cmyk.jpg"})
    void decodesJpeg(String name) throws IOException {
        isQuarters(decode(name), 2);
    }

    @Test
    void grayJpegStaysGrayAndAsBright() throws IOException {
        PixelImage image = decode("gray.jpg");
        assertThat(image.channels()).isEqualTo(1);
        assertThat(image.at(0, 2, 2)).isEqualTo(81);
        assertThat(image.at(0, 14, 30)).isEqualTo(128);
    }

    @ParameterizedTest
    @CsvSource({"rgb.webp,0", "animated.webp,0", "lossy.webp,3"})
    void decodesWebp(String name, int tolerance) throws IOException {
        isQuarters(decode(name), tolerance);
    }

    @Test
    void compositesTransparencyOnWhite() throws IOException {
        PixelImage image = decode("rgba.webp"); // the right half has alpha 128
        assertThat(image.at(0, 2, 2)).isEqualTo(200);
        assertThat(image.at(0, 2, 30)).isEqualTo((30 * 128 + 255 * 127 + 127) / 255);
        assertThat(image.at(1, 14, 30)).isEqualTo((128 * 128 + 255 * 127 + 127) / 255);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "exif2.jpg",
                "exif3.jpg",
                "exif4.jpg",
                "exif5.jpg",
                "exif6.jpg",
                "exif7.jpg",
                "exif8.jpg",
                "exif6.png",
                "exif6.webp"
            })
    void turnsByExif(String name) throws IOException {
        isQuarters(decode(name), 2);
    }

    @Test
    void scalesSixteenBitsToEight() throws IOException {
        PixelImage image = decode("gray16.png"); // sample i is 128 * i
        assertThat(image.channels()).isEqualTo(1);
        assertThat(image.at(0, 0, 0)).isZero();
        assertThat(image.at(0, 15, 31)).isEqualTo((511 * 128 * 255 + 32767) / 65535);
    }

    @Test
    void decodesAPalette() throws IOException {
        PixelImage image = decode("palette.png"); // PIL's web palette
        assertThat(List.of(image.at(0, 2, 2), image.at(1, 2, 2), image.at(2, 2, 2)))
                .containsExactly(204, 51, 51);
    }

    @ParameterizedTest
    @CsvSource({"png,5", "bmp,5", "png,10", "bmp,10", "gif,13", "png,6", "png,11", "png,12"})
    void decodesWhatImageIoWrites(String format, int type) throws IOException {
        BufferedImage written = new BufferedImage(5, 9, type);
        int[] colors = {0xFF000000, 0xFFFFFFFF};
        for (int i = 0; i < 45; i++) {
            written.setRGB(i % 5, i / 5, colors[i % 2]);
        }
        Path file = folder.resolve("image." + format);
        assertThat(ImageIO.write(written, format, file.toFile())).isTrue();
        PixelImage image = decoder.decode(file);
        boolean color =
                type == BufferedImage.TYPE_3BYTE_BGR || type == BufferedImage.TYPE_4BYTE_ABGR;
        if (color) {
            assertThat(image.channels()).isEqualTo(3);
        }
        for (int c = 0; c < image.channels(); c++) {
            for (int i = 0; i < 45; i++) {
                assertThat(image.at(c, i / 5, i % 5)).isEqualTo(i % 2 * 255);
            }
        }
    }

    @Test
    void contentNotNameSaysTheFormat() throws IOException {
        Path file = Files.copy(IMAGES.resolve("rgb.webp"), folder.resolve("image.jpg"));
        isQuarters(decoder.decode(file), 0);
    }

    @Test
    void namesWhatIsNoImage() throws IOException {
        refuses(
                Files.writeString(folder.resolve("a.png"), "no image"),
                "not a PNG, JPEG, GIF, BMP or WebP image");
        refuses(Files.write(folder.resolve("b.jpg"), new byte[0]), "an empty file");
        BufferedImage dot = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
        Path file = folder.resolve("c.png");
        ImageIO.write(dot, "png", file.toFile());
        refuses(file, "1x1 pixels: nothing to see");
    }

    private void refuses(Path file, String reason) {
        assertThatThrownBy(() -> decoder.decode(file))
                .isInstanceOf(BadImageException.class)
                .hasMessage(file + ": " + reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpg", "png", "gif", "bmp"})
    void aTruncatedFileIsBadWhereverItEnds(String format) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        BufferedImage noise = new BufferedImage(40, 30, BufferedImage.TYPE_3BYTE_BGR);
        for (int i = 0; i < 1200; i++) {
            noise.setRGB(i % 40, i / 40, random.nextInt());
        }
        Path whole = folder.resolve("whole." + format);
        ImageIO.write(noise, format, whole.toFile());
        isTruncatedEverywhere(whole);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rgb.webp", "lossy.webp", "cmyk.jpg"})
    void aTruncatedFixtureIsBadWhereverItEnds(String name) throws IOException {
        isTruncatedEverywhere(IMAGES.resolve(name));
    }

    private void isTruncatedEverywhere(Path whole) throws IOException {
        byte[] bytes = Files.readAllBytes(whole);
        decoder.decode(whole);
        for (int percent = 5; percent < 100; percent += 10) {
            int length = bytes.length * percent / 100;
            Path cut = folder.resolve("cut-" + percent);
            Files.write(cut, Arrays.copyOf(bytes, length));
            try {
                decoder.decode(cut);
                fail(whole + " passes with " + percent + " % of it");
            } catch (BadImageException e) {
                assertThat(e.reason()).hasLineCount(1);
                assertThat(e.getMessage()).startsWith(cut + ": ");
            }
        }
    }

    @Test
    void randomDamageNeverEscapesAsAnotherException() throws IOException {
        SplittableRandom random = new SplittableRandom(2);
        for (String name :
                List.of(
                        "ycbcr.jpg",
                        "cmyk.jpg",
                        "rgb.webp",
                        "lossy.webp",
                        "gray16.png",
                        "palette.png",
                        "exif6.png")) {
            byte[] whole = Files.readAllBytes(IMAGES.resolve(name));
            for (int trial = 0; trial < 30; trial++) {
                byte[] damaged = whole.clone();
                // Past the header: one that claims 16384x16384 pixels costs half a minute
                for (int k = 0; k < 3; k++) {
                    damaged[40 + random.nextInt(whole.length - 40)] = (byte) random.nextInt();
                }
                Path file = Files.write(folder.resolve("damaged"), damaged);
                try {
                    assertThat(decoder.decode(file).channels()).isBetween(1, 3);
                } catch (BadImageException e) {
                    assertThat(e.reason()).isNotBlank().hasLineCount(1);
                }
            }
        }
    }
}
