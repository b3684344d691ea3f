package org.cnnzoo.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.cnnzoo.data.PixelImage;
import org.cnnzoo.data.Transform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColorChangesTest {
    private static final int SEEDS = 2000;

    private static PixelImage image(int channels, int... samples) {
        byte[] pixels = new byte[samples.length];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) samples[i];
        }
        return new PixelImage(channels, 1, samples.length / channels, pixels);
    }

    /** A figure of the changed image, seed by seed. */
    private static double[] measured(
            Transform change, PixelImage image, ToDoubleFunction<PixelImage> figure) {
        double[] figures = new double[SEEDS];
        for (int seed = 0; seed < SEEDS; seed++) {
            figures[seed] = figure.applyAsDouble(change.apply(image, new SplittableRandom(seed)));
        }
        return figures;
    }

    @Test
    void noJitterIsNoChange() {
        PixelImage image = image(3, 10, 200, 30, 40, 250, 60);
        ColorJitter none = new ColorJitter(0, 0, 0, 0);
        assertThat(none.apply(image, new SplittableRandom(1))).isEqualTo(image);
    }

    /** From black on: a factor can't be less than 0. */
    @ParameterizedTest
    @ValueSource(doubles = {0.4, 1.5})
    void brightnessIsTimesAUniformFactor(double strength) {
        double[] factors =
                measured(
                        new ColorJitter(strength, 0, 0, 0),
                        image(1, 100, 50),
                        changed -> {
                            assertThat(changed.at(0, 0, 1))
                                    .isCloseTo(changed.at(0, 0, 0) / 2, within(1));
                            return changed.at(0, 0, 0) / 100.0;
                        });
        Uniform.require(factors, Math.max(0, 1 - strength), 1 + strength, 0.011);
    }

    @Test
    void contrastIsAUniformFactorOfTheDistanceFromTheMean() {
        double[] factors =
                measured(
                        new ColorJitter(0, 0.4, 0, 0),
                        image(1, 60, 140),
                        changed -> {
                            int low = changed.at(0, 0, 0);
                            int high = changed.at(0, 0, 1);
                            assertThat(low + high).isCloseTo(200, within(2)); // the mean stays
                            return (high - low) / 80.0;
                        });
        Uniform.require(factors, 0.6, 1.4, 0.013);
    }

    @Test
    void saturationIsAUniformFactorOfTheDistanceFromGrey() {
        double[] factors =
                measured(
                        new ColorJitter(0, 0, 0.4, 0),
                        image(3, 150, 100, 80),
                        changed -> {
                            int red = changed.at(0, 0, 0);
                            int green = changed.at(1, 0, 0);
                            int blue = changed.at(2, 0, 0);
                            assertThat(0.299 * red + 0.587 * green + 0.114 * blue)
                                    .isCloseTo(112.7, within(1.5)); // the luma stays
                            return (red - blue) / 70.0;
                        });
        Uniform.require(factors, 0.6, 1.4, 0.015);
        PixelImage grey = image(1, 60, 140);
        assertThat(new ColorJitter(0, 0, 0.4, 0).apply(grey, new SplittableRandom(1)))
                .isEqualTo(grey);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.5})
    void hueTurnsUniformlyToEitherSide(double strength) {
        double[] turns =
                measured(
                        new ColorJitter(0, 0, 0, strength),
                        image(3, 200, 50, 50), // red: hue 0
                        changed -> {
                            float[] hsb =
                                    Color.RGBtoHSB(
                                            changed.at(0, 0, 0),
                                            changed.at(1, 0, 0),
                                            changed.at(2, 0, 0),
                                            null);
                            assertThat(hsb[1]).isCloseTo(0.75f, within(0.01f));
                            assertThat(hsb[2]).isCloseTo(200 / 255f, within(0.005f));
                            return hsb[0] > 0.5 ? hsb[0] - 1 : hsb[0];
                        });
        Uniform.require(turns, -strength, strength, 0.003);
    }

    /**
     * On black and white: what is brighter first is cut off at white, and keeps its mean when the
     * contrast is lowered; the other way round both become brighter.
     */
    @Test
    void theOrderOfTheChangesIsDrawn() {
        PixelImage image = image(1, 0, 255);
        ColorJitter jitter = new ColorJitter(0.5, 0.5, 0, 0);
        int brightnessFirst = 0;
        int contrastFirst = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            PixelImage changed = jitter.apply(image, new SplittableRandom(seed));
            int low = changed.at(0, 0, 0);
            int sum = low + changed.at(0, 0, 1);
            if (low > 2 && sum > 252) { // brighter, less contrast: a quarter of the draws
                if (sum <= 257) {
                    brightnessFirst++;
                } else {
                    contrastFirst++;
                }
            }
        }
        assertThat(brightnessFirst).isBetween(205, 325); // 265, deviation 15
        assertThat(contrastFirst).isBetween(185, 305);
    }

    @Test
    void principalColoursMoveAllPixelsAlike() {
        PixelImage grey = new PixelImage(3, 1, 2, new byte[] {100, 50, 100, 50, 100, 50});
        // 0.1 of the first component: -0.5675 * 0.1 * 0.2175 * 255 = -3.1 of red, and so on
        assertThat(PcaColor.shifted(grey, new double[] {0.1, 0, 0}).pixels())
                .containsExactly(97, 47, 97, 47, 97, 47);
        assertThat(PcaColor.shifted(grey, new double[] {0, 10, 0}).pixels())
                .containsExactly(134, 84, 100, 50, 67, 17);
        assertThat(PcaColor.shifted(grey, new double[] {0, 0, 20}).pixels())
                .containsExactly(109, 59, 81, 31, 110, 60);
        // -31.5 + 34.5 + 9.2 of red
        assertThat(PcaColor.shifted(grey, new double[] {1, 10, 20}).pixels())
                .containsExactly(112, 62, 49, 0, 44, 0); // cut off at black
    }

    /** Eigenvalues and vectors (a row for each colour) that fb.resnet.torch gives for ImageNet. */
    @Test
    void principalColoursAreDrawnOnceAnImage() {
        double[] values = {0.2175, 0.0188, 0.0045};
        double[][] vectors = {
            {-0.5675, 0.7192, 0.4009}, {-0.5808, -0.0045, -0.8140}, {-0.5836, -0.6948, 0.4203}
        };
        PixelImage image = image(3, 120, 128, 136, 125, 130, 122, 131, 127, 124);
        double deviation = 0.5;
        double[] sum = new double[3];
        double[][] products = new double[3][3];
        for (int seed = 0; seed < SEEDS; seed++) {
            PixelImage changed = new PcaColor(deviation).apply(image, new SplittableRandom(seed));
            double[] shift = new double[3];
            for (int c = 0; c < 3; c++) {
                shift[c] = changed.at(c, 0, 0) - image.at(c, 0, 0);
                for (int x = 1; x < 3; x++) {
                    assertThat(changed.at(c, 0, x) - image.at(c, 0, x))
                            .as("as much at every pixel")
                            .isEqualTo((int) shift[c]);
                }
            }
            double[] alpha = new double[3]; // the vectors are orthogonal
            for (int i = 0; i < 3; i++) {
                for (int c = 0; c < 3; c++) {
                    alpha[i] += vectors[c][i] * shift[c] / (255 * values[i]);
                }
                sum[i] += alpha[i];
            }
            for (int i = 0; i < 3; i++) {
                for (int j = 0; j < 3; j++) {
                    products[i][j] += alpha[i] * alpha[j] / SEEDS;
                }
            }
        }
        for (int i = 0; i < 3; i++) {
            assertThat(sum[i] / SEEDS).isCloseTo(0, within(0.06)); // deviation 0.011
            // Of the last ones, whole levels are a great part
            double rounding = 1 / 12.0 / Math.pow(255 * values[i], 2);
            assertThat(Math.sqrt(products[i][i] - rounding))
                    .isCloseTo(deviation, within(0.1 * deviation));
            for (int j = 0; j < i; j++) {
                assertThat(products[i][j]).as("drawn apart").isCloseTo(0, within(0.03));
            }
        }
    }

    @Test
    void aGreyImageHasNoPrincipalColours() {
        PixelImage grey = image(1, 60, 140);
        assertThat(new PcaColor(1).apply(grey, new SplittableRandom(1))).isEqualTo(grey);
    }
}
