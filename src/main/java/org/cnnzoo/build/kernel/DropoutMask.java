package org.cnnzoo.build.kernel;

/**
 * Masks of dropout, which derive from the layer's seed, the step and the position alone: the same
 * however many threads run, and whichever engine.
 */
public final class DropoutMask {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

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
        long stream = mix(seed + GOLDEN * iteration);
        float kept = (float) (1 / (1 - rate));
        long threshold = (long) (rate * (1L << 53));
        for (int i = 0; i < mask.length; i++) {
            mask[i] = mix(stream + GOLDEN * i) >>> 11 < threshold ? 0 : kept;
        }
    }

    /** SplitMix64's finaliser: a counter becomes a random number (Steele 2014). */
    private static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }
}
