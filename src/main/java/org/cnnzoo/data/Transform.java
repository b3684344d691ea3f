package org.cnnzoo.data;

import java.util.SplittableRandom;

/** One random change to a training image, which keeps its size; a crop gives it another. */
public interface Transform {
    /**
     * The changed image, or the same one.
     *
     * @param image {@code [C, H, W]}, not modified
     * @param random the only source of chance
     */
    PixelImage apply(PixelImage image, SplittableRandom random);
}
