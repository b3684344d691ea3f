package org.cnnzoo.data;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Images of one size in memory, with their labels.
 *
 * @param channels C
 * @param height H
 * @param width W
 * @param pixels {@code [N, C, H, W]}, unsigned 8 bit
 * @param labels {@code [N]} class indices
 */
@SuppressWarnings("ArrayRecordComponent") // bulk data: a list would box every sample
record LabelledPixels(int channels, int height, int width, byte[] pixels, int[] labels) {
    /** N. */
    int size() {
        return labels.length;
    }

    /** Image {@code i}, copied. */
    PixelImage image(int i) {
        int length = channels * height * width;
        return new PixelImage(
                channels, height, width, Arrays.copyOfRange(pixels, i * length, (i + 1) * length));
    }

    /** The same with rows and columns exchanged, as EMNIST needs it. */
    LabelledPixels transposed() {
        int length = channels * height * width;
        byte[] turned = new byte[pixels.length];
        for (int i = 0; i < size(); i++) {
            System.arraycopy(image(i).transposed().pixels(), 0, turned, i * length, length);
        }
        return new LabelledPixels(channels, width, height, turned, labels);
    }

    /** Adds shape, pixels and labels to a digest. */
    void digest(MessageDigest digest) {
        String sizes = size() + " " + channels + " " + height + " " + width + "\n";
        digest.update(sizes.getBytes(StandardCharsets.UTF_8));
        digest.update(pixels);
        for (int label : labels) {
            digest.update((byte) (label >> 8));
            digest.update((byte) label);
        }
    }
}
