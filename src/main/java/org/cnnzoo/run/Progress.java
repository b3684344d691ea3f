package org.cnnzoo.run;

/**
 * How far a training has come.
 *
 * @param epoch whole epochs that are done; also the index, from 0, of the one that goes on
 * @param nextSample place in that epoch's order of the first image that is still to do, from 0;
 *     behind the last step past the last image, where that step isn't full
 * @param iteration steps done in the whole training
 * @param sums over the epoch that goes on, zero at its start
 * @param bestEpoch the epoch with the best validation top-1, from 1; 0 if none is done
 * @param bestTop1 that top-1, 0..1
 * @param seed of the run
 */
public record Progress(
        int epoch,
        long nextSample,
        long iteration,
        Sums sums,
        int bestEpoch,
        double bestTop1,
        long seed) {

    /**
     * What an epoch's training figures are made from.
     *
     * @param images seen
     * @param loss sum over the images
     * @param correct images whose most probable class was the right one
     * @param lr the last step's learning rate
     * @param seconds of training
     * @param steps done
     * @param waits steps whose batch wasn't there yet
     */
    public record Sums(
            long images,
            double loss,
            long correct,
            double lr,
            double seconds,
            long steps,
            long waits) {
        /** Nothing yet. */
        public static final Sums ZERO = new Sums(0, 0, 0, 0, 0, 0, 0);
    }

    /** The start of a training. */
    public static Progress start(long seed) {
        return new Progress(0, 0, 0, Sums.ZERO, 0, 0, seed);
    }
}
