package org.cnnzoo.augment;

import java.util.SplittableRandom;
import org.cnnzoo.data.Mixing;

/**
 * Mixes each image of a batch with the one before it, as torchvision's reference training does:
 * mixup (Zhang et al. 2017) adds them, cutmix (Yun et al. 2019) puts a rectangle of one into the
 * other; where both are asked for, each batch draws which.
 *
 * @param mixupAlpha of the Beta distribution that the share is drawn from; 0: no mixup
 * @param cutmixAlpha of the Beta distribution that the rectangle's area is drawn from; 0: no cutmix
 */
public record BatchMixing(double mixupAlpha, double cutmixAlpha) implements Mixing {
    public BatchMixing {
        if (!(mixupAlpha >= 0 && cutmixAlpha >= 0 && mixupAlpha + cutmixAlpha > 0)) {
            throw new IllegalArgumentException("mixing of " + mixupAlpha + ", " + cutmixAlpha);
        }
    }

    @Override
    public double apply(
            float[] images,
            int count,
            int channels,
            int height,
            int width,
            SplittableRandom random) {
        boolean both = mixupAlpha > 0 && cutmixAlpha > 0;
        boolean cut = both ? random.nextInt(2) == 1 : cutmixAlpha > 0;
        double share = beta(cut ? cutmixAlpha : mixupAlpha, random);
        int length = channels * height * width;
        float[] before = new float[length];
        System.arraycopy(images, (count - 1) * length, before, 0, length);
        Window window = cut ? Window.draw(height, width, share, random) : null;
        float[] own = new float[length];
        for (int n = 0; n < count; n++) {
            System.arraycopy(images, n * length, own, 0, length);
            if (window == null) {
                add(images, n * length, before, share);
            } else {
                window.paste(before, images, n * length, channels, height, width);
            }
            float[] swap = before;
            before = own;
            own = swap;
        }
        return window == null ? share : window.rest(height, width);
    }

    private static void add(float[] images, int offset, float[] other, double share) {
        float mine = (float) share;
        float theirs = (float) (1 - share);
        for (int i = 0; i < other.length; i++) {
            images[offset + i] = mine * images[offset + i] + theirs * other[i];
        }
    }

    /** A rectangle, cut off at the image's edge. */
    private record Window(int top, int left, int bottom, int right) {
        static Window draw(int height, int width, double share, SplittableRandom random) {
            int x = random.nextInt(width);
            int y = random.nextInt(height);
            double half = 0.5 * Math.sqrt(1 - share);
            int halfWidth = (int) (half * width);
            int halfHeight = (int) (half * height);
            return new Window(
                    Math.max(0, y - halfHeight),
                    Math.max(0, x - halfWidth),
                    Math.min(height, y + halfHeight),
                    Math.min(width, x + halfWidth));
        }

        double rest(int height, int width) {
            return 1 - (double) (bottom - top) * (right - left) / ((double) height * width);
        }

        void paste(float[] from, float[] to, int offset, int channels, int height, int width) {
            for (int c = 0; c < channels; c++) {
                for (int y = top; y < bottom; y++) {
                    int at = (c * height + y) * width + left;
                    System.arraycopy(from, at, to, offset + at, right - left);
                }
            }
        }
    }

    /** A deviate of Beta(alpha, alpha), from two of the Gamma distribution. */
    static double beta(double alpha, SplittableRandom random) {
        double a = gamma(alpha, random);
        double b = gamma(alpha, random);
        // Both can underflow where alpha is small: then one of the two ends, by a coin
        return a + b > 0 ? a / (a + b) : random.nextInt(2);
    }

    /** A deviate of Gamma(shape, 1) by Marsaglia and Tsang 2000. */
    private static double gamma(double shape, SplittableRandom random) {
        if (shape < 1) {
            double u = 1 - random.nextDouble();
            return gamma(shape + 1, random) * Math.pow(u, 1 / shape);
        }
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = Draws.gaussian(random);
            double v = Math.pow(1 + c * x, 3);
            double u = 1 - random.nextDouble();
            if (v > 0 && Math.log(u) < 0.5 * x * x + d - d * v + d * Math.log(v)) {
                return d * v;
            }
        }
    }
}
