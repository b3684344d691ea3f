package org.cnnzoo.data;

import java.util.SplittableRandom;

/** Mixes each image of a batch with the one before it; the first with the last. */
public interface Mixing {
    /**
     * Changes the images {@code [count, C, H, W]} in place.
     *
     * @param random the only source of chance
     * @return the share that each image has in what it became, 0..1: its label's share too
     */
    double apply(
            float[] images,
            int count,
            int channels,
            int height,
            int width,
            SplittableRandom random);
}
