package org.cnnzoo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PreprocessingTest {
    private static final Normalization HALF =
            new Normalization(new float[] {0.5f}, new float[] {0.25f});

    private static PixelImage columns(int height, int... values) {
        byte[] pixels = new byte[height * values.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) values[i % values.length];
        }
        return new PixelImage(1, height, values.length, pixels);
    }

    private static Preprocessing to(int height, int width, ResizeMode mode) {
        return new Preprocessing(1, height, width, mode, HALF);
    }

    @Test
    void cropsTheMiddle() {
        assertThat(to(2, 2, ResizeMode.CROP).resize(columns(2, 1, 2, 3, 4)))
                .isEqualTo(columns(2, 2, 3));
    }

    @Test
    void cropsAfterScalingTheShorterSide() {
        PixelImage wide = columns(4, 10, 10, 10, 10, 50, 50, 50, 50, 90, 90, 90, 90);
        // By hand: halved, columns 2 and 3 of 6 are (1, 3, 3, 1) / 8 of columns 3..6 and 5..8
        assertThat(to(2, 2, ResizeMode.CROP).resize(wide)).isEqualTo(columns(2, 45, 55));
    }

    @Test
    void letterboxesInBlack() {
        PixelImage boxed = to(4, 4, ResizeMode.LETTERBOX).resize(columns(2, 9, 9, 9, 9));
        assertThat(boxed.pixels()).containsExactly(0, 0, 0, 0, 9, 9, 9, 9, 9, 9, 9, 9, 0, 0, 0, 0);
    }

    @Test
    void stretchesEachSide() {
        assertThat(to(4, 4, ResizeMode.STRETCH).resize(columns(2, 9, 9, 9)))
                .isEqualTo(columns(4, 9, 9, 9, 9));
    }

    @Test
    void everyModeIsTheSameForASquare() {
        PixelImage square = columns(4, 10, 80, 160, 250);
        PixelImage cropped = to(6, 6, ResizeMode.CROP).resize(square);
        assertThat(to(6, 6, ResizeMode.LETTERBOX).resize(square)).isEqualTo(cropped);
        assertThat(to(6, 6, ResizeMode.STRETCH).resize(square)).isEqualTo(cropped);
    }

    @Test
    void everyOddSizeComesOutAsAsked() {
        for (int height = 1; height < 40; height += 3) {
            for (int width = 1; width < 40; width += 2) {
                PixelImage image = new PixelImage(1, height, width, new byte[height * width]);
                for (ResizeMode mode : ResizeMode.values()) {
                    PixelImage sized = to(13, 17, mode).resize(image);
                    assertThat(sized.height()).isEqualTo(13);
                    assertThat(sized.width()).isEqualTo(17);
                }
            }
        }
    }

    @Test
    void normalizesEachChannelByItsOwn() {
        Normalization colors =
                new Normalization(new float[] {0, 0.5f, 1}, new float[] {1, 0.5f, 0.25f});
        Preprocessing preprocessing = new Preprocessing(3, 1, 1, ResizeMode.CROP, colors);
        float[] out =
                preprocessing.apply(
                        new PixelImage(3, 1, 1, new byte[] {(byte) 255, (byte) 255, 0}));
        assertThat(out).containsExactly(1f, 1f, -4f);
    }

    @Test
    void makesGrayImagesColourAndTheOtherWayRound() {
        Normalization three = HALF.forChannels(3);
        assertThat(new Preprocessing(3, 2, 2, ResizeMode.CROP, three).resize(columns(2, 5, 6)))
                .isEqualTo(columns(2, 5, 6).toRgb());
        assertThat(to(2, 2, ResizeMode.CROP).resize(columns(2, 5, 6).toRgb()))
                .isEqualTo(columns(2, 5, 6));
    }

    @Test
    void survivesJson() throws Exception {
        ObjectMapper json = new ObjectMapper();
        Preprocessing before =
                new Preprocessing(3, 32, 28, ResizeMode.LETTERBOX, HALF.forChannels(3), 0.875);
        String text = json.writeValueAsString(before);
        assertThat(json.readTree(text).fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "channels", "height", "width", "mode", "normalization", "cropFraction");
        assertThat(json.readValue(text, Preprocessing.class)).isEqualTo(before);
    }

    @Test
    void jsonOfBeforeTheCropMeansNone() throws Exception {
        String old =
                "{\"channels\":1,\"height\":2,\"width\":2,\"mode\":\"CROP\","
                        + "\"normalization\":{\"mean\":[0.5],\"std\":[0.25]}}";
        assertThat(new ObjectMapper().readValue(old, Preprocessing.class))
                .isEqualTo(to(2, 2, ResizeMode.CROP));
    }

    /** As torchvision does: Resize(8) of 16 x 12 is 10 x 8, CenterCrop(6) cuts 2 left, 1 above. */
    @Test
    void aSmallerCropComesOutOfALargerResize() {
        Preprocessing whole = new Preprocessing(1, 8, 10, ResizeMode.STRETCH, HALF);
        PixelImage picture =
                columns(12, 0, 9, 20, 30, 44, 51, 60, 71, 80, 92, 99, 110, 124, 130, 140, 151);
        PixelImage resized = whole.resize(picture);
        Preprocessing cropped = new Preprocessing(1, 6, 6, ResizeMode.CROP, HALF, 0.75);
        assertThat(cropped.resize(picture)).isEqualTo(resized.window(1, 2, 6, 6));
    }

    @Test
    void describesTheResize() {
        Dataset data = Datasets.open("fashion-mnist", Path.of(""), Optional.empty());
        Normalization three = HALF.forChannels(3);
        assertThat(to(28, 28, ResizeMode.CROP).describe(data)).isEqualTo("images stay 28x28");
        assertThat(new Preprocessing(3, 32, 32, ResizeMode.CROP, three).describe(data))
                .isEqualTo(
                        "images are resized from 28x28 to 32x32 (crop), grey repeated in 3"
                                + " channels");
    }

    @Test
    void refusesANormalizationOfOtherChannels() {
        assertThatThrownBy(() -> new Preprocessing(3, 1, 1, ResizeMode.CROP, HALF))
                .hasMessage("a normalisation of 1 channels for 3");
    }

    @Test
    void aMiddleThatLiesBetweenPixelsIsTorchvisions() {
        // int(round(3 / 2)) of center_crop is 2, and int(round(5 / 2)) too: half to even
        assertThat(to(1, 2, ResizeMode.CROP).resize(columns(1, 0, 1, 2, 3, 4)))
                .isEqualTo(columns(1, 2, 3));
        assertThat(to(1, 2, ResizeMode.CROP).resize(columns(1, 0, 1, 2, 3, 4, 5, 6)))
                .isEqualTo(columns(1, 2, 3));
    }

    @Test
    void aCropOfAResizedImageIsAWindowOfIt() {
        int[] wave = IntStream.range(0, 37).map(i -> (i * 91) % 256).toArray();
        PixelImage image = columns(11, wave);
        PixelImage whole = image.resized(24, 24 * 37 / 11);
        int left = (int) Math.rint((24 * 37 / 11 - 24) / 2.0);
        assertThat(to(24, 24, ResizeMode.CROP).resize(image))
                .isEqualTo(whole.window(0, left, 24, 24));
    }

    @Test
    void aStripOfOneRowIsCroppedWithoutBeingEnlargedWhole() {
        int[] strip = new int[15_000];
        java.util.Arrays.fill(strip, 77);
        PixelImage cropped = to(224, 224, ResizeMode.CROP).resize(columns(1, strip));
        assertThat(cropped.height()).isEqualTo(224);
        assertThat(cropped.pixels()).containsOnly(77);
    }
}
