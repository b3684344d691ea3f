package org.cnnzoo.sweep;

import java.util.SplittableRandom;

/**
 * Which proposal is asked for.
 *
 * @param seed of the sweep
 * @param id of the trial, from 1
 * @param index among the trials of this definition of the sweep, from 0
 * @param total how many trials this definition has
 * @param attempt 0; 1 and more after a point that was proposed before
 */
public record Draw(long seed, int id, int index, int total, int attempt) {
    /** Numbers for this proposal alone: the same wherever and whenever it is asked for. */
    SplittableRandom random() {
        return random(seed, id, attempt);
    }

    /** Numbers that depend on all of the path, so that neighbours have nothing in common. */
    static SplittableRandom random(long seed, long... path) {
        long state = mixed(seed);
        for (long step : path) {
            state = mixed(state ^ mixed(step + 0x9E3779B97F4A7C15L));
        }
        return new SplittableRandom(state);
    }

    /** SplitMix64's finaliser (Steele, Lea, Flood, OOPSLA 2014). */
    private static long mixed(long z) {
        long x = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
        return x ^ (x >>> 31);
    }
}
