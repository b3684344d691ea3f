package org.cnnzoo.build.kernel;

import org.cnnzoo.random.SplitMix64;

/**
 * Masks of dropout, which derive from the layer's seed, the step and the position alone: the same
 * however many threads run, and whichever engine.
 */
public final class DropoutMask {
    private DropoutMask() {}

    /**
     * The seed of a layer.
     *
     * @param seed the network's
     * @param node the layer's index in the network
     */
    public static long layerSeed(long seed, int node) {
        return seed * 31 + node;
    }

    /**
     * Fills a mask with 0 or 1 / (1 - rate).
     *
     * @param seed the layer's
     * @param iteration steps since the training began
     */
    public static void draw(float[] mask, double rate, long seed, long iteration) {
        long stream = SplitMix64.mix(seed + SplitMix64.GOLDEN_GAMMA * iteration);
        float kept = (float) (1 / (1 - rate));
        long threshold = (long) (rate * (1L << 53));
        for (int i = 0; i < mask.length; i++) {
            mask[i] =
                    SplitMix64.mix(stream + SplitMix64.GOLDEN_GAMMA * i) >>> 11 < threshold
                            ? 0
                            : kept;
        }
    }
}
