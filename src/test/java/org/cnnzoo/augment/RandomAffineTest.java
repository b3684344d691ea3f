package org.cnnzoo.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.cnnzoo.data.PixelImage;
import org.junit.jupiter.api.Test;

/** What is drawn, told by where a white spot goes. */
class RandomAffineTest {
    private static final int SEEDS = 2000;
    private static final int MIDDLE = 60;
    private static final int SIDE = 2 * MIDDLE + 1;

    /** Its centre in pixels from the image's middle, right and down. */
    private record Spot(double x, double y) {
        static Spot of(PixelImage image) {
            double x = 0;
            double y = 0;
            int pixels = 0;
            for (int row = 0; row < SIDE; row++) {
                for (int column = 0; column < SIDE; column++) {
                    if (image.at(0, row, column) > 0) {
                        x += column - MIDDLE;
                        y += row - MIDDLE;
                        pixels++;
                    }
                }
            }
            assertThat(pixels).as("not moved out of the image").isPositive();
            return new Spot(x / pixels, y / pixels);
        }

        double distance() {
            return Math.hypot(x, y);
        }
    }

    /** Five pixels wide and high: of fewer the nearest pixels could miss some. */
    private static PixelImage spot(int x, int y) {
        byte[] pixels = new byte[SIDE * SIDE];
        for (int row = MIDDLE + y - 2; row <= MIDDLE + y + 2; row++) {
            for (int column = MIDDLE + x - 2; column <= MIDDLE + x + 2; column++) {
                pixels[row * SIDE + column] = (byte) 255;
            }
        }
        return new PixelImage(1, SIDE, SIDE, pixels);
    }

    private static double[] measured(
            RandomAffine affine, PixelImage image, ToDoubleFunction<Spot> figure) {
        double[] figures = new double[SEEDS];
        for (int seed = 0; seed < SEEDS; seed++) {
            figures[seed] =
                    figure.applyAsDouble(Spot.of(affine.apply(image, new SplittableRandom(seed))));
        }
        return figures;
    }

    @Test
    void rotationIsUniformToEitherSide() {
        double[] angles =
                measured(
                        new RandomAffine(30, 0, 1, 1, 0),
                        spot(45, 0),
                        spot -> {
                            assertThat(spot.distance()).isCloseTo(45, within(1.0));
                            return Math.toDegrees(Math.atan2(spot.y(), spot.x()));
                        });
        Uniform.require(angles, -30, 30, 1);
    }

    @Test
    void scaleIsUniformBetweenItsBounds() {
        double[] scales =
                measured(
                        new RandomAffine(0, 0, 0.75, 1.25, 0),
                        spot(32, 24),
                        spot -> {
                            assertThat(spot.y() / spot.x()).isCloseTo(0.75, within(0.04));
                            return spot.distance() / 40;
                        });
        Uniform.require(scales, 0.75, 1.25, 0.02);
    }

    @Test
    void shearIsAlongXAndUniformToEitherSide() {
        double[] angles =
                measured(
                        new RandomAffine(0, 0, 1, 1, 20),
                        spot(0, 45),
                        spot -> {
                            assertThat(spot.y()).isCloseTo(45, within(1.0));
                            return Math.toDegrees(Math.atan2(spot.x(), spot.y()));
                        });
        Uniform.require(angles, -20, 20, 1);
    }

    /** A fifth of 31 columns and 21 rows: 6.2 and 4.2 pixels, rounded. */
    @Test
    void aSinglePixelGoesAsFarAsTheMoveAllowsAndEverywhereAlike() {
        int height = 21;
        int width = 31;
        byte[] pixels = new byte[height * width];
        pixels[10 * width + 15] = (byte) 255;
        PixelImage image = new PixelImage(1, height, width, pixels);
        int[][] seen = new int[height][width];
        int seeds = 12_000;
        for (int seed = 0; seed < seeds; seed++) {
            PixelImage moved =
                    new RandomAffine(0, 0.2, 1, 1, 0).apply(image, new SplittableRandom(seed));
            int whites = 0;
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    if (moved.at(0, y, x) > 0) {
                        seen[y][x]++;
                        whites++;
                    }
                }
            }
            assertThat(whites).isEqualTo(1);
        }
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double share = share(x - 15, 6, 6.2) * share(y - 10, 4, 4.2);
                double times = share * seeds; // 115 inside
                assertThat((double) seen[y][x])
                        .as("%d, %d", x - 15, y - 10)
                        .isCloseTo(times, within(4.5 * Math.sqrt(times)));
            }
        }
    }

    /** How often a uniform move up to {@code bound} rounds to {@code pixels}. */
    private static double share(int pixels, int most, double bound) {
        int far = Math.abs(pixels);
        if (far > most) {
            return 0;
        }
        return (far == most ? bound - most + 0.5 : 1) / (2 * bound);
    }
}
