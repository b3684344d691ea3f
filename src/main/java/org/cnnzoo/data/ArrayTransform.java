package org.cnnzoo.data;

import java.util.SplittableRandom;

/** One random change to a normalised training image, in place. */
public interface ArrayTransform {
    /**
     * Changes the image {@code [C, H, W]} that begins at {@code offset}.
     *
     * @param random the only source of chance
     */
    void apply(
            float[] array,
            int offset,
            int channels,
            int height,
            int width,
            SplittableRandom random);
}
