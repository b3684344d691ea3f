package org.cnnzoo.train;

import org.cnnzoo.errors.Labelled;

/**
 * A step's place in the training.
 *
 * @param epoch from 0
 * @param step the batch's index in its epoch, from 0
 * @param epochs of the whole training
 * @param steps of an epoch
 * @param pace whether the rate may change within an epoch
 */
public record Moment(int epoch, int step, int epochs, int steps, Pace pace) {

    /** How often the learning rate changes. */
    public enum Pace implements Labelled {
        /** Once an epoch, as in torchvision's reference training. */
        EPOCH,
        /** With each step: where a schedule of EPOCH makes stairs, this one goes straight. */
        ITERATION
    }

    /** Epochs gone by: whole ones, or with the part of the current one. */
    public double time() {
        return pace == Pace.EPOCH ? epoch : epoch + (double) step / steps;
    }
}
