package org.cnnzoo.data;

import java.util.SplittableRandom;

/** One random change to a training image, which keeps its size. */
public interface Transform {
    /**
     * The changed image, or the same one.
     *
     * @param image {@code [C, H, W]}, already at the network's size; not modified
     * @param random the only source of chance
     */
    PixelImage apply(PixelImage image, SplittableRandom random);
}
