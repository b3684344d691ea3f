package org.cnnzoo.train;

import org.cnnzoo.eval.EvalResult;
import org.cnnzoo.run.EpochRecord;

/** Who wants to know how training goes; called on the training thread. */
public interface TrainListener {
    /** Nobody. */
    TrainListener NONE = new TrainListener() {};

    /**
     * An epoch begins, or goes on after a resume.
     *
     * @param epoch from 1
     * @param epochs of the whole training
     * @param steps of an epoch
     * @param firstStep how many of them were done before, 0 but after a resume
     */
    default void epochStarted(int epoch, int epochs, int steps, int firstStep) {}

    /** A step is done. */
    default void stepDone(StepReport report) {}

    /** The training images of an epoch are done and validation begins. */
    default void validationStarted(int epoch) {}

    /**
     * Validation is done.
     *
     * @param images that were validated on
     * @param seconds it took
     */
    default void validationDone(int epoch, long images, double seconds) {}

    /**
     * An epoch is done and its checkpoint written.
     *
     * @param best whether none before had as good a validation top-1
     */
    default void epochDone(EpochRecord record, EvalResult validation, boolean best) {}

    /**
     * A step.
     *
     * @param epoch from 1
     * @param step of the epoch, from 1
     * @param steps of an epoch
     * @param iteration steps done in the whole training
     * @param images of this step
     * @param loss of this step, mean over its images
     * @param lr its learning rate
     * @param imagesPerSecond mean over the epoch so far, in this process
     */
    record StepReport(
            int epoch,
            int step,
            int steps,
            long iteration,
            int images,
            double loss,
            double lr,
            double imagesPerSecond) {}
}
