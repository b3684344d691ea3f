package org.cnnzoo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PixelImageTest {
    private static PixelImage gray(int height, int width, int... samples) {
        byte[] pixels = new byte[samples.length];
        for (int i = 0; i < samples.length; i++) {
            pixels[i] = (byte) samples[i];
        }
        return new PixelImage(1, height, width, pixels);
    }

    private static final PixelImage TWO_BY_THREE = gray(2, 3, 1, 2, 3, 4, 5, 6);

    @Test
    void flipsHorizontally() {
        assertThat(TWO_BY_THREE.flipHorizontally()).isEqualTo(gray(2, 3, 3, 2, 1, 6, 5, 4));
    }

    @Test
    void flipsEachChannelForItself() {
        PixelImage color = new PixelImage(3, 1, 2, new byte[] {1, 2, 3, 4, 5, 6});
        assertThat(color.flipHorizontally().pixels()).containsExactly(2, 1, 4, 3, 6, 5);
        assertThat(color.flipVertically()).isEqualTo(color);
        assertThat(color.transposed())
                .isEqualTo(new PixelImage(3, 2, 1, new byte[] {1, 2, 3, 4, 5, 6}));
    }

    @Test
    void flipsVertically() {
        assertThat(TWO_BY_THREE.flipVertically()).isEqualTo(gray(2, 3, 4, 5, 6, 1, 2, 3));
    }

    @Test
    void transposes() {
        assertThat(TWO_BY_THREE.transposed()).isEqualTo(gray(3, 2, 1, 4, 2, 5, 3, 6));
    }

    @Test
    void cutsAWindowWithBlackOutside() {
        assertThat(TWO_BY_THREE.window(0, 1, 2, 2)).isEqualTo(gray(2, 2, 2, 3, 5, 6));
        assertThat(TWO_BY_THREE.window(-1, -1, 2, 3)).isEqualTo(gray(2, 3, 0, 0, 0, 0, 1, 2));
        assertThat(TWO_BY_THREE.window(1, 2, 2, 3)).isEqualTo(gray(2, 3, 6, 0, 0, 0, 0, 0));
        assertThat(TWO_BY_THREE.window(5, 5, 1, 1)).isEqualTo(gray(1, 1, 0));
    }

    /** Values from {@code PIL.Image.convert("L")}, PIL 9.4. */
    @Test
    void makesGrayAsPilDoes() {
        PixelImage color = new PixelImage(3, 1, 2, new byte[] {(byte) 200, 1, 100, 2, 50, 3});
        assertThat(color.toGray()).isEqualTo(gray(1, 2, 0x7c, 0x02));
    }

    @Test
    void repeatsGrayInThreeChannels() {
        assertThat(gray(1, 2, 7, 8).toRgb().pixels()).containsExactly(7, 8, 7, 8, 7, 8);
    }

    @Test
    void averagesWhenHalving() {
        // By hand: the triangle of width 4 has weights 1, 3, 3, 1 over 8, cut off at the edges
        assertThat(gray(1, 4, 0, 0, 80, 80).resized(1, 2)).isEqualTo(gray(1, 2, 11, 69));
    }

    /** Values from {@code PIL.Image.resize(BILINEAR)}, PIL 9.4, on {@code i * 37 % 256}. */
    @Test
    void resizesToTheBitAsPilDoes() {
        int[] samples = new int[35];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = i * 37 % 256;
        }
        PixelImage image = gray(7, 5, samples);
        assertThat(image.resized(3, 2)).isEqualTo(gray(3, 2, 111, 93, 109, 125, 141, 123));
        assertThat(image.resized(4, 5))
                .isEqualTo(
                        gray(
                                4, 5, 85, 122, 49, 86, 111, 108, 145, 131, 168, 72, 162, 66, 103,
                                89, 126, 123, 148, 185, 112, 149));
        assertThat(image.resized(2, 9))
                .isEqualTo(
                        gray(
                                2, 9, 108, 114, 125, 109, 87, 108, 121, 105, 95, 139, 129, 113, 126,
                                147, 125, 109, 120, 126));
        assertThat(image.resized(10, 9).pixels())
                .startsWith(0, 12, 33, 53, 74, 95, 115, (byte) 136, (byte) 148, 102)
                .endsWith((byte) 201, (byte) 222, (byte) 234);
    }

    @Test
    void refusesAnArrayOfAnotherSize() {
        assertThatThrownBy(() -> new PixelImage(3, 2, 2, new byte[4]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("4 samples for [3, 2, 2]");
    }
}
