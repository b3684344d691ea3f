package org.cnnzoo.bench;

/**
 * How many steps are taken: warm-up first, then measured ones until both bounds are reached.
 *
 * @param warmUp steps that are not measured
 * @param steps the fewest that are, 1 or more
 * @param seconds the least time they take together
 */
public record Sampling(int warmUp, int steps, double seconds) {

    /** Whether {@code done} measured steps that took {@code nanos} together are enough. */
    boolean reached(int done, long nanos) {
        return done >= steps && nanos >= seconds * 1e9;
    }
}
