package org.cnnzoo.run;

/**
 * A line of {@code metrics.jsonl}; the keys there are these names in snake case ({@code val_top1}).
 *
 * @param epoch from 1
 * @param iteration steps done since the training began
 * @param lr the learning rate of the epoch's last step
 * @param trainLoss mean over the epoch's images while the network changed, smoothing and class
 *     weights included
 * @param trainTop1 share of images that were right, in the same passes, 0..1
 * @param valLoss mean cross-entropy on the validation split, without smoothing or weights
 * @param valTop1 0..1
 * @param valTop5 0..1
 * @param imagesPerSecond of training, validation excluded
 * @param seconds of the epoch, validation included
 * @param inputWaitShare share of the epoch's steps whose batch wasn't decoded and augmented yet
 *     when the step was ready for it, 0..1; 1 without workers
 */
public record EpochRecord(
        int epoch,
        long iteration,
        double lr,
        double trainLoss,
        double trainTop1,
        double valLoss,
        double valTop1,
        double valTop5,
        double imagesPerSecond,
        double seconds,
        double inputWaitShare) {}
