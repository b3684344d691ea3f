package org.cnnzoo.random;

/** The generator of Steele, Lea and Flood (OOPSLA 2014), as a function of a counter. */
public final class SplitMix64 {
    /** 2^64 over the golden ratio, odd: what its counter goes on by. */
    public static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private SplitMix64() {}

    /** Its finaliser: a counter becomes a random number. */
    public static long mix(long counter) {
        long a = (counter ^ (counter >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }
}
