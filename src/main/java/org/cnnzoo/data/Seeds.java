package org.cnnzoo.data;

import java.util.SplittableRandom;
import org.cnnzoo.random.SplitMix64;

/**
 * Random streams named by numbers, such as (seed, epoch, sample index): the same numbers give the
 * same stream on any thread and any machine, and neighbouring numbers give unrelated streams.
 */
public final class Seeds {
    private Seeds() {}

    /** The numbers mixed into one by SplitMix64's finaliser; their order matters. */
    public static long mix(long... parts) {
        long state = parts.length;
        for (long part : parts) {
            state = SplitMix64.mix(state + SplitMix64.GOLDEN_GAMMA + part);
        }
        return state;
    }

    /** The stream that these numbers name. */
    public static SplittableRandom random(long... parts) {
        return new SplittableRandom(mix(parts));
    }

    /** A permutation of {@code 0..count-1} (Fisher and Yates), drawn from {@code random}. */
    public static int[] permutation(int count, SplittableRandom random) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
