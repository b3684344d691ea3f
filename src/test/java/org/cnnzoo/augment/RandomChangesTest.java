package org.cnnzoo.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
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
        Arrays.fill(flat, (byte) 200);
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

    /** Of an image whose red is x and whose green is y, the part that was taken. */
    private record Part(double left, double top, double width, double height) {
        static Part of(PixelImage cut) {
            double[] x = new double[cut.width()];
            double[] y = new double[cut.height()];
            for (int j = 0; j < cut.height(); j++) {
                for (int i = 0; i < cut.width(); i++) {
                    x[i] += (double) cut.at(0, j, i) / cut.height();
                    y[j] += (double) cut.at(1, j, i) / cut.width();
                }
            }
            double width = side(x);
            double height = side(y);
            return new Part(
                    mean(x, 0, x.length) - (width - 1) / 2,
                    mean(y, 0, y.length) - (height - 1) / 2,
                    width,
                    height);
        }

        /** Between the means of its two halves lies half of a side. */
        private static double side(double[] ramp) {
            int middle = ramp.length / 2;
            return 2 * (mean(ramp, middle, ramp.length) - mean(ramp, 0, middle));
        }

        private static double mean(double[] values, int from, int to) {
            return Arrays.stream(values, from, to).average().orElseThrow();
        }
    }

    private static List<Part> parts(double scaleMin, double scaleMax) {
        byte[] pixels = new byte[3 * 200 * 240];
        for (int y = 0; y < 200; y++) {
            for (int x = 0; x < 240; x++) {
                pixels[y * 240 + x] = (byte) x;
                pixels[(200 + y) * 240 + x] = (byte) y;
            }
        }
        PixelImage image = new PixelImage(3, 200, 240, pixels);
        RandomResizedCrop crop =
                new RandomResizedCrop(32, 32, scaleMin, scaleMax, 3.0 / 4, 4.0 / 3);
        return IntStream.range(0, 2000)
                .mapToObj(seed -> Part.of(crop.apply(image, new SplittableRandom(seed))))
                .toList();
    }

    private static double[] figures(List<Part> parts, ToDoubleFunction<Part> figure) {
        return parts.stream().mapToDouble(figure).toArray();
    }

    @Test
    void aResizedCropsAreaProportionsAndPlaceAreUniform() {
        List<Part> parts = parts(0.1, 0.5); // none is too wide or too high for the image
        Uniform.require(figures(parts, p -> p.width() * p.height() / 48_000), 0.1, 0.5, 0.01);
        double widest = Math.log(4.0 / 3);
        double[] ratios = figures(parts, p -> Math.log(p.width() / p.height()));
        Uniform.require(ratios, -widest, widest, 0.03);
        Uniform.require(figures(parts, p -> p.left() / (240 - p.width())), 0, 1, 0.02);
        Uniform.require(figures(parts, p -> p.top() / (200 - p.height())), 0, 1, 0.03);
    }

    /** Parts that don't fit are drawn again, so large ones are rarer: torchvision's mean. */
    @Test
    void aResizedCropOfUpToEverythingIsAsLargeAsTorchvisionsOnAverage() {
        double[] areas = figures(parts(0.08, 1), p -> p.width() * p.height() / 48_000);
        DoubleSummaryStatistics all = Arrays.stream(areas).summaryStatistics();
        assertThat(all.getMin()).isBetween(0.07, 0.09);
        assertThat(all.getMax()).isBetween(0.95, 1.01);
        assertThat(all.getAverage()).isCloseTo(0.4641, within(0.02)); // deviation 0.005
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
            Arrays.fill(array, 1);
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
        Arrays.fill(flat, (byte) 200);
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

    @Test
    void aVerticalFlipExchangesTopAndBottomAsOftenAsAsked() {
        PixelImage image =
                new PixelImage(3, 2, 2, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
        PixelImage flipped =
                new PixelImage(3, 2, 2, new byte[] {3, 4, 1, 2, 7, 8, 5, 6, 11, 12, 9, 10});
        int flips = 0;
        for (int i = 0; i < 4000; i++) {
            PixelImage seen = new RandomVerticalFlip(0.25).apply(image, new SplittableRandom(i));
            assertThat(seen).isIn(image, flipped);
            flips += seen.equals(flipped) ? 1 : 0;
            assertThat(new RandomVerticalFlip(1).apply(image, new SplittableRandom(i)))
                    .isEqualTo(flipped);
            assertThat(new RandomVerticalFlip(0).apply(image, new SplittableRandom(i)))
                    .isEqualTo(image);
        }
        assertThat(flips).isBetween(900, 1100); // 1000, deviation 27
    }
}
