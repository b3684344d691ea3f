package org.cnnzoo.data;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * How training images are set aside to validate on, where a data set has no validation images of
 * its own: the same share of each class, drawn by a seed that is not the training's.
 *
 * @param share of the training images, above 0 and below 1; otherwise as many as the data set's
 *     file says, or a tenth
 * @param seed which ones; otherwise always the same
 */
public record ValSplit(OptionalDouble share, OptionalLong seed) {
    /** The same images in every run. */
    public static final ValSplit USUAL = new ValSplit(OptionalDouble.empty(), OptionalLong.empty());

    private static final long USUAL_SEED = 0x76616C; // "val"

    /** Whether nobody asked for another one. */
    public boolean isUsual() {
        return equals(USUAL);
    }

    /**
     * The images to set aside, ascending.
     *
     * @param labels {@code [N]}
     * @param classes how many there are
     * @param usual how many, unless there is a share
     */
    int[] held(int[] labels, int classes, int usual) {
        int total =
                share.isPresent()
                        ? Math.max(1, (int) Math.round(share.getAsDouble() * labels.length))
                        : usual;
        return StratifiedSplit.held(
                labels, classes, total, seed.orElse(USUAL_SEED), seed.isPresent());
    }
}
