package org.cnnzoo.augment;

import org.cnnzoo.data.PixelImage;

/** Functions of 8-bit images, as torchvision's {@code functional_tensor} computes them. */
final class Pixels {
    private static final float TOP = 255;

    private Pixels() {}

    /** A new image from a function of each sample's place in the array. */
    private static PixelImage map(PixelImage image, Sample sample) {
        byte[] out = new byte[image.pixels().length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (byte) sample.at(i);
        }
        return new PixelImage(image.channels(), image.height(), image.width(), out);
    }

    @FunctionalInterface
    private interface Sample {
        int at(int index);
    }

    private static int value(PixelImage image, int index) {
        return image.pixels()[index] & 0xFF;
    }

    /** {@code factor} of one sample and the rest of the other, cut off to 8 bits. */
    private static int blend(int one, float other, double factor) {
        float mixed = (float) factor * one + (float) (1 - factor) * other;
        return (int) Math.max(0, Math.min(TOP, mixed));
    }

    /** Towards black: 0 is black, 1 the image, more is brighter. */
    static PixelImage brightness(PixelImage image, double factor) {
        return map(image, i -> blend(value(image, i), 0, factor));
    }

    /** Towards the mean of its grey: 0 is flat, 1 the image. */
    static PixelImage contrast(PixelImage image, double factor) {
        byte[] grey = grey(image);
        long sum = 0;
        for (byte sample : grey) {
            sum += sample & 0xFF;
        }
        float mean = (float) sum / grey.length;
        return map(image, i -> blend(value(image, i), mean, factor));
    }

    /** Towards its grey: 0 is grey, 1 the image. A grey image stays as it is. */
    static PixelImage saturation(PixelImage image, double factor) {
        if (image.channels() == 1) {
            return image;
        }
        byte[] grey = grey(image);
        return map(image, i -> blend(value(image, i), grey[i % grey.length] & 0xFF, factor));
    }

    /** Luma cut off to 8 bits; a grey image's own samples. */
    private static byte[] grey(PixelImage image) {
        if (image.channels() == 1) {
            return image.pixels();
        }
        int plane = image.height() * image.width();
        byte[] grey = new byte[plane];
        for (int i = 0; i < plane; i++) {
            float luma =
                    0.2989f * value(image, i)
                            + 0.587f * value(image, plane + i)
                            + 0.114f * value(image, 2 * plane + i);
            grey[i] = (byte) (int) luma;
        }
        return grey;
    }

    /** Turns the hue by a share of the colour circle, -0.5 to 0.5. A grey image stays as it is. */
    static PixelImage hue(PixelImage image, double turn) {
        if (image.channels() == 1) {
            return image;
        }
        int plane = image.height() * image.width();
        byte[] out = new byte[3 * plane];
        for (int i = 0; i < plane; i++) {
            float r = value(image, i) / TOP;
            float g = value(image, plane + i) / TOP;
            float b = value(image, 2 * plane + i) / TOP;
            float max = Math.max(r, Math.max(g, b));
            float min = Math.min(r, Math.min(g, b));
            float range = max - min;
            float divisor = range == 0 ? 1 : range;
            float saturation = range / (range == 0 ? 1 : max);
            float rc = (max - r) / divisor;
            float gc = (max - g) / divisor;
            float bc = (max - b) / divisor;
            float sector = max == r ? bc - gc : max == g ? 2 + rc - bc : 4 + gc - rc;
            float hue = (sector / 6 + 1) % 1;
            float turned = hue + (float) turn;
            turned -= (float) Math.floor(turned);
            float[] rgb = rgb(turned, saturation, max);
            for (int c = 0; c < 3; c++) {
                out[c * plane + i] = (byte) (int) (rgb[c] * TOP);
            }
        }
        return new PixelImage(3, image.height(), image.width(), out);
    }

    private static float[] rgb(float hue, float saturation, float value) {
        int sector = (int) Math.floor(hue * 6);
        float rest = hue * 6 - sector;
        float p = clamp(value * (1 - saturation));
        float q = clamp(value * (1 - saturation * rest));
        float t = clamp(value * (1 - saturation * (1 - rest)));
        return switch (sector % 6) {
            case 0 -> new float[] {value, t, p};
            case 1 -> new float[] {q, value, p};
            case 2 -> new float[] {p, value, t};
            case 3 -> new float[] {p, q, value};
            case 4 -> new float[] {t, p, value};
            default -> new float[] {value, p, q};
        };
    }

    private static float clamp(float value) {
        return Math.max(0, Math.min(1, value));
    }

    /**
     * Towards a blurred image: 0 is blurred, 1 the image, more is sharper. Its edge is not blurred.
     */
    static PixelImage sharpness(PixelImage image, double factor) {
        int height = image.height();
        int width = image.width();
        if (height <= 2 || width <= 2) {
            return image;
        }
        int plane = height * width;
        return map(
                image,
                i -> {
                    int y = i % plane / width;
                    int x = i % width;
                    boolean edge = y == 0 || x == 0 || y == height - 1 || x == width - 1;
                    float blurred = edge ? value(image, i) : blurred(image, i / plane, y, x);
                    return blend(value(image, i), blurred, factor);
                });
    }

    /** The mean of a pixel and its neighbours, in which it counts five times. */
    private static float blurred(PixelImage image, int channel, int y, int x) {
        int sum = 4 * image.at(channel, y, x);
        for (int dy = -1; dy <= 1; dy++) {
            for (int dx = -1; dx <= 1; dx++) {
                sum += image.at(channel, y + dy, x + dx);
            }
        }
        return (float) Math.rint(sum / 13.0);
    }

    /** Keeps the upper bits of each sample. */
    static PixelImage posterize(PixelImage image, int bits) {
        int mask = -(1 << (8 - bits));
        return map(image, i -> value(image, i) & mask);
    }

    /** Inverts what is at least as bright as the threshold. */
    static PixelImage solarize(PixelImage image, double threshold) {
        return map(
                image, i -> value(image, i) >= threshold ? 255 - value(image, i) : value(image, i));
    }

    /** Black and white are exchanged. */
    static PixelImage invert(PixelImage image) {
        return map(image, i -> 255 - value(image, i));
    }

    /** Stretches each channel to 0..255. */
    static PixelImage autocontrast(PixelImage image) {
        int plane = image.height() * image.width();
        byte[] out = new byte[image.pixels().length];
        for (int c = 0; c < image.channels(); c++) {
            int min = 255;
            int max = 0;
            for (int i = c * plane; i < (c + 1) * plane; i++) {
                min = Math.min(min, value(image, i));
                max = Math.max(max, value(image, i));
            }
            float scale = max == min ? 1 : TOP / (max - min);
            int from = max == min ? 0 : min;
            for (int i = c * plane; i < (c + 1) * plane; i++) {
                out[i] = (byte) (int) Math.min(TOP, (value(image, i) - from) * scale);
            }
        }
        return new PixelImage(image.channels(), image.height(), image.width(), out);
    }

    /** Makes each channel's values equally frequent. */
    static PixelImage equalize(PixelImage image) {
        int plane = image.height() * image.width();
        byte[] out = new byte[image.pixels().length];
        for (int c = 0; c < image.channels(); c++) {
            int[] table = equalizing(image, c, plane);
            for (int i = c * plane; i < (c + 1) * plane; i++) {
                out[i] = (byte) table[value(image, i)];
            }
        }
        return new PixelImage(image.channels(), image.height(), image.width(), out);
    }

    private static int[] equalizing(PixelImage image, int channel, int plane) {
        int[] histogram = new int[256];
        for (int i = channel * plane; i < (channel + 1) * plane; i++) {
            histogram[value(image, i)]++;
        }
        int last = 255;
        while (histogram[last] == 0) {
            last--;
        }
        int step = (plane - histogram[last]) / 255;
        int[] table = new int[256];
        int below = 0;
        for (int v = 0; v < 256; v++) {
            table[v] = step == 0 ? v : Math.min(255, (below + step / 2) / step);
            below += histogram[v];
        }
        table[0] = 0;
        return table;
    }
}
