package org.cnnzoo.sweep;

import java.util.SplittableRandom;
import org.cnnzoo.random.SplitMix64;

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
        long state = SplitMix64.mix(seed);
        for (long step : path) {
            state = SplitMix64.mix(state ^ SplitMix64.mix(step + SplitMix64.GOLDEN_GAMMA));
        }
        return new SplittableRandom(state);
    }
}
