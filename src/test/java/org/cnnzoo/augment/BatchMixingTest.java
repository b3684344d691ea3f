package org.cnnzoo.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BatchMixingTest {
    private static final int COUNT = 3;
    private static final int CHANNELS = 2;
    private static final int HEIGHT = 64;
    private static final int WIDTH = 96;
    private static final int PLANE = HEIGHT * WIDTH;

    /** Three images, filled with 1, 10 and 100. */
    private static float[] flat() {
        float[] images = new float[COUNT * CHANNELS * PLANE];
        for (int n = 0; n < COUNT; n++) {
            Arrays.fill(
                    images,
                    n * CHANNELS * PLANE,
                    (n + 1) * CHANNELS * PLANE,
                    (float) Math.pow(10, n));
        }
        return images;
    }

    private static double mix(BatchMixing mixing, float[] images, int seed) {
        return mixing.apply(images, COUNT, CHANNELS, HEIGHT, WIDTH, new SplittableRandom(seed));
    }

    @Test
    void mixupAddsTheImageBefore() {
        double[] shares = new double[1000];
        for (int seed = 0; seed < shares.length; seed++) {
            float[] before = {1, 2, 10, 30, 100, 400};
            float[] images = before.clone();
            double share =
                    new BatchMixing(1, 0).apply(images, 3, 1, 1, 2, new SplittableRandom(seed));
            for (int i = 0; i < images.length; i++) {
                double other = before[(i + 4) % 6]; // the first image's is the last
                double mixed = share * before[i] + (1 - share) * other;
                assertThat((double) images[i]).isCloseTo(mixed, within(1e-3));
            }
            shares[seed] = share;
        }
        Uniform.require(shares, 0, 1, 0);
    }

    /** The rectangle of a channel in which it shows another image. */
    private record Cut(int top, int left, int height, int width) {
        static Cut of(float[] images, int image, int channel) {
            float own = (float) Math.pow(10, image);
            float other = (float) Math.pow(10, (image + COUNT - 1) % COUNT);
            int top = HEIGHT;
            int left = WIDTH;
            int bottom = 0;
            int right = 0;
            int pixels = 0;
            int strange = 0;
            for (int i = 0; i < PLANE; i++) {
                float sample = images[(image * CHANNELS + channel) * PLANE + i];
                if (sample == own) {
                    continue;
                }
                strange += sample == other ? 0 : 1;
                top = Math.min(top, i / WIDTH);
                left = Math.min(left, i % WIDTH);
                bottom = Math.max(bottom, i / WIDTH + 1);
                right = Math.max(right, i % WIDTH + 1);
                pixels++;
            }
            assertThat(strange).as("not of the image before").isZero();
            if (pixels == 0) {
                return new Cut(0, 0, 0, 0);
            }
            assertThat(pixels).as("a rectangle").isEqualTo((bottom - top) * (right - left));
            return new Cut(top, left, bottom - top, right - left);
        }

        double area() {
            return (double) height * width / PLANE;
        }

        boolean isInside() {
            return top > 0 && left > 0 && top + height < HEIGHT && left + width < WIDTH;
        }
    }

    @Test
    void cutmixPutsInARectangleOfTheImageBeforeAndCountsIt() {
        BatchMixing mixing = new BatchMixing(0, 1);
        int seeds = 500;
        int mixed = 0;
        int inside = 0;
        double area = 0;
        double x = 0;
        double y = 0;
        for (int seed = 0; seed < seeds; seed++) {
            float[] images = flat();
            double share = mix(mixing, images, seed);
            Cut cut = Cut.of(images, 0, 0);
            for (int n = 0; n < COUNT; n++) {
                for (int c = 0; c < CHANNELS; c++) {
                    assertThat(Cut.of(images, n, c)).isEqualTo(cut);
                }
            }
            assertThat(share).isCloseTo(1 - cut.area(), within(1e-12));
            mixed += share > 0 && share < 1 ? 1 : 0;
            area += cut.area() / seeds;
            if (cut.isInside()) {
                inside++;
                x += (cut.left() + cut.width() / 2.0) / WIDTH;
                y += (cut.top() + cut.height() / 2.0) / HEIGHT;
                // Nothing is cut off: its sides are those of the share that is drawn first, each
                // half rounded down
                double drawn = BatchMixing.beta(1, new SplittableRandom(seed));
                double side = Math.sqrt(1 - drawn);
                assertThat(cut.height()).isEqualTo(2 * (int) (side * HEIGHT / 2));
                assertThat(cut.width()).isEqualTo(2 * (int) (side * WIDTH / 2));
            }
        }
        assertThat(mixed).isGreaterThan(490);
        // Of 200,000 draws by torchvision's reference at this size the mean is 0.3123, deviation
        // 0.186, since rectangles are cut off at the edge; 0.166 of them lie inside
        assertThat(area).isCloseTo(0.3123, within(0.03));
        assertThat(inside).isBetween(55, 115); // 83, deviation 8
        assertThat(x / inside).isCloseTo(0.5, within(0.12));
        assertThat(y / inside).isCloseTo(0.5, within(0.12));
    }

    @Test
    void whereBothAreAskedForEachHasHalfOfTheBatchesAndItsOwnAlpha() {
        BatchMixing both = new BatchMixing(1000, 1);
        int cut = 0;
        int far = 0;
        for (int seed = 0; seed < 1000; seed++) {
            float[] images = flat();
            double share = mix(both, images, seed);
            boolean kept = images[0] == 1 || images[0] == 100; // not a sum
            if (kept) {
                cut++;
                far += Math.abs(share - 0.5) > 0.1 ? 1 : 0;
            } else {
                assertThat(share).isCloseTo(0.5, within(0.1)); // deviation 0.011
            }
        }
        assertThat(cut).isBetween(440, 560); // 500, deviation 16
        assertThat(far).isGreaterThan(cut / 2);
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
}
