package org.cnnzoo.augment;

import java.util.SplittableRandom;

/** Distributions that several changes draw from. */
final class Draws {
    private Draws() {}

    static double uniform(SplittableRandom random, double from, double to) {
        return from == to ? from : from + (to - from) * random.nextDouble();
    }

    /** Uniform in the logarithm, as torchvision draws proportions. */
    static double logUniform(SplittableRandom random, double from, double to) {
        return Math.exp(uniform(random, Math.log(from), Math.log(to)));
    }

    /**
     * A normal deviate, by Box and Muller: SplittableRandom has one, but not the same one in every
     * JDK.
     */
    static double gaussian(SplittableRandom random) {
        double u = 1 - random.nextDouble();
        return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * random.nextDouble());
    }

    static double requireShare(String what, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(what + " must be 0..1, not " + value);
        }
        return value;
    }
}
