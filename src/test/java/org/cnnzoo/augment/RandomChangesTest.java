package org.cnnzoo.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.cnnzoo.data.PixelImage;
import org.junit.jupiter.api.Test;

/** What is drawn: its bounds, and its distribution where that is known. */
class RandomChangesTest {
    private static PixelImage ramp(int channels, int height, int width) {
        byte[] pixels = new byte[channels * height * width];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i * 7 % 251);
        }
        return new PixelImage(channels, height, width, pixels);
    }

    @Test
    void aResizedCropHasTheNetworksSizeAndKeepsAFlatImageFlat() {
        RandomResizedCrop crop = new RandomResizedCrop(24, 32, 0.08, 1, 3.0 / 4, 4.0 / 3);
        byte[] flat = new byte[3 * 50 * 70];
        java.util.Arrays.fill(flat, (byte) 200);
        PixelImage image = new PixelImage(3, 50, 70, flat);
        for (int i = 0; i < 200; i++) {
            PixelImage cut = crop.apply(image, new SplittableRandom(i));
            assertThat(cut.height()).isEqualTo(24);
            assertThat(cut.width()).isEqualTo(32);
            for (byte sample : cut.pixels()) {
                assertThat(sample).isEqualTo((byte) 200); // nothing from outside
            }
        }
    }

    @Test
    void aResizedCropOfEverythingIsTheWholeImage() {
        PixelImage image = ramp(1, 20, 20);
        RandomResizedCrop crop = new RandomResizedCrop(20, 20, 1, 1, 1, 1);
        assertThat(crop.apply(image, new SplittableRandom(1))).isEqualTo(image);
    }

    @Test
    void whereNoPartFitsTheMiddleIsTaken() {
        // A strip of 4 x 100 has no part of 90 % of its area with proportions near 1
        PixelImage image = ramp(1, 4, 100);
        RandomResizedCrop crop = new RandomResizedCrop(4, 5, 0.9, 1, 3.0 / 4, 4.0 / 3);
        assertThat(crop.apply(image, new SplittableRandom(1))).isEqualTo(image.window(0, 47, 4, 5));
    }

    @Test
    void erasingBlanksOneRectangleOfTheRightShareAsOftenAsAsked() {
        RandomErasing erasing = new RandomErasing(0.25);
        int erased = 0;
        double area = 0;
        for (int i = 0; i < 4000; i++) {
            float[] array = new float[2 + 2 * 40 * 40];
            java.util.Arrays.fill(array, 1);
            erasing.apply(array, 2, 2, 40, 40, new SplittableRandom(i));
            assertThat(array[0] + array[1]).isEqualTo(2); // what is before it stays
            int zeros = zeros(array, 2, 1600);
            assertThat(zeros(array, 1602, 1600)).isEqualTo(zeros); // in each channel
            if (zeros > 0) {
                erased++;
                area += zeros / 1600.0;
                assertThat(zeros / 1600.0).isBetween(0.015, 0.35);
            }
        }
        assertThat(erased).isBetween(900, 1100); // 1000, deviation 27
        assertThat(area / erased).isCloseTo(0.175, within(0.01)); // uniform in 0.02 .. 0.33
    }

    private static int zeros(float[] array, int from, int length) {
        int zeros = 0;
        for (int i = from; i < from + length; i++) {
            zeros += array[i] == 0 ? 1 : 0;
        }
        return zeros;
    }

    @Test
    void mixupAddsTheImageBefore() {
        float[] images = {1, 10, 100};
        double share = new BatchMixing(1, 0).apply(images, 3, 1, 1, 1, new SplittableRandom(3));
        assertThat(share).isBetween(0.0, 1.0);
        double rest = 1 - share;
        assertThat(images[0]).isCloseTo((float) (share + rest * 100), within(1e-4f));
        assertThat(images[1]).isCloseTo((float) (share * 10 + rest), within(1e-4f));
        assertThat(images[2]).isCloseTo((float) (share * 100 + rest * 10), within(1e-4f));
    }

    @Test
    void cutmixPutsInARectangleAndCountsIt() {
        BatchMixing mixing = new BatchMixing(0, 1);
        for (int i = 0; i < 100; i++) {
            float[] images = new float[2 * 3 * 80];
            java.util.Arrays.fill(images, 3 * 80, 2 * 3 * 80, 1);
            double share = mixing.apply(images, 2, 3, 8, 10, new SplittableRandom(i));
            for (int c = 0; c < 3; c++) {
                assertThat(zeros(images, c * 80, 80) / 80.0).isCloseTo(share, within(1e-12));
                assertThat(1 - zeros(images, (3 + c) * 80, 80) / 80.0)
                        .isCloseTo(share, within(1e-12));
            }
        }
    }

    @Test
    void sharesAreBetaDistributed() {
        for (double alpha : new double[] {0.1, 0.2, 1, 3}) {
            SplittableRandom random = new SplittableRandom(5);
            double sum = 0;
            double squares = 0;
            int count = 40_000;
            for (int i = 0; i < count; i++) {
                double share = BatchMixing.beta(alpha, random);
                sum += share;
                squares += (share - 0.5) * (share - 0.5);
            }
            double variance = 1 / (4 * (2 * alpha + 1));
            assertThat(sum / count).isCloseTo(0.5, within(0.01));
            assertThat(squares / count).isCloseTo(variance, within(0.02 * variance));
        }
    }

    @Test
    void jitterStaysWithinItsFactors() {
        PixelImage image = ramp(3, 9, 9);
        ColorJitter none = new ColorJitter(0, 0, 0, 0);
        assertThat(none.apply(image, new SplittableRandom(1))).isEqualTo(image);
        ColorJitter dark = new ColorJitter(0.4, 0, 0, 0);
        for (int i = 0; i < 200; i++) {
            PixelImage changed = dark.apply(image, new SplittableRandom(i));
            for (int s = 0; s < changed.pixels().length; s++) {
                int was = image.pixels()[s] & 0xFF;
                assertThat(changed.pixels()[s] & 0xFF)
                        .isBetween((int) (0.6 * was) - 1, Math.min(255, (int) (1.4 * was) + 1));
            }
        }
    }

    @Test
    void principalColoursMoveAllPixelsAlike() {
        PixelImage grey = new PixelImage(3, 1, 2, new byte[] {100, 50, 100, 50, 100, 50});
        // 0.1 of the first component: -0.5675 * 0.1 * 0.2175 * 255 = -3.1 of red, and so on
        assertThat(PcaColor.shifted(grey, new double[] {0.1, 0, 0}).pixels())
                .containsExactly(97, 47, 97, 47, 97, 47);
        assertThat(PcaColor.shifted(grey, new double[] {0, 10, 0}).pixels())
                .containsExactly(134, 84, 100, 50, 67, 17);
    }

    @Test
    void aScaledCropIsAWindowOfTheImageAtASizeInRange() {
        PixelImage image = ramp(3, 30, 50);
        RandomScaleCrop fixed = new RandomScaleCrop(16, 16, 1.25, 1.25);
        PixelImage large = image.resized(20, 33); // 16 times 1.25, and 50 times 20 / 30 cut off
        for (int i = 0; i < 50; i++) {
            PixelImage cut = fixed.apply(image, new SplittableRandom(i));
            boolean found = false;
            for (int top = 0; top <= 4; top++) {
                for (int left = 0; left <= 17; left++) {
                    found |= large.window(top, left, 16, 16).equals(cut);
                }
            }
            assertThat(found).as("seed %d", i).isTrue();
        }
        byte[] flat = new byte[3 * 30 * 50];
        java.util.Arrays.fill(flat, (byte) 200);
        RandomScaleCrop any = new RandomScaleCrop(16, 24, 1, 2.3);
        for (int i = 0; i < 200; i++) {
            PixelImage cut = any.apply(new PixelImage(3, 30, 50, flat), new SplittableRandom(i));
            assertThat(cut.height()).isEqualTo(16);
            assertThat(cut.width()).isEqualTo(24);
            for (byte sample : cut.pixels()) {
                assertThat(sample).isEqualTo((byte) 200); // nothing from outside
            }
        }
    }
}
