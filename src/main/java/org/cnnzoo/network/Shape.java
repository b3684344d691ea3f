package org.cnnzoo.network;

import java.util.List;

/**
 * What one image is at some place of a network, without the batch: a stack of feature maps [C, H,
 * W] or, where {@code flat}, a vector [C].
 */
public record Shape(int channels, int height, int width, boolean flat) {
    public Shape {
        if (channels < 1 || height < 1 || width < 1 || (flat && height * width != 1)) {
            throw new IllegalArgumentException(
                    "no shape: " + channels + ", " + height + ", " + width);
        }
    }

    /** Feature maps [C, H, W]. */
    public static Shape maps(int channels, int height, int width) {
        return new Shape(channels, height, width, false);
    }

    /** A vector [n]. */
    public static Shape vector(int n) {
        return new Shape(n, 1, 1, true);
    }

    /** How many numbers it has. */
    public long elements() {
        return (long) channels * height * width;
    }

    /** [C, H, W] or [C]. */
    public List<Integer> sizes() {
        return flat ? List.of(channels) : List.of(channels, height, width);
    }

    /** The same maps with other channels. */
    public Shape withChannels(int other) {
        return new Shape(other, height, width, flat);
    }

    @Override
    public String toString() {
        return sizes().toString();
    }
}
