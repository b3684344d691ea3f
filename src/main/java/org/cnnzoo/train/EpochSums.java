package org.cnnzoo.train;

import org.cnnzoo.build.Step;
import org.cnnzoo.data.Batch;
import org.cnnzoo.eval.TopK;
import org.cnnzoo.run.FlatVector;
import org.cnnzoo.run.Progress;

/** An epoch's running sums, as a checkpoint within the epoch keeps them. */
final class EpochSums {
    private final double secondsBefore;
    private final long imagesBefore;
    private final long began = System.nanoTime();
    private long images;
    private double loss;
    private long correct;
    private double lr;
    private long steps;
    private long waits;

    /** Goes on from earlier sums. */
    EpochSums(Progress.Sums from) {
        this.secondsBefore = from.seconds();
        this.imagesBefore = from.images();
        this.images = from.images();
        this.loss = from.loss();
        this.correct = from.correct();
        this.lr = from.lr();
        this.steps = from.steps();
        this.waits = from.waits();
    }

    /**
     * Counts a step.
     *
     * @param rate its learning rate
     * @param waited whether its images weren't there yet
     */
    void stepDone(double rate, boolean waited) {
        lr = rate;
        steps++;
        waits += waited ? 1 : 0;
    }

    /** Counts a batch's images. */
    void add(Step step, Batch batch) {
        add(batch.size(), step.loss() * batch.size(), correct(step, batch));
    }

    /**
     * Counts images.
     *
     * @param lossSum over them
     * @param right how many were put into their class
     */
    void add(int count, double lossSum, long right) {
        images += count;
        loss += lossSum;
        correct += right;
    }

    /** How many of a batch's images were put into their class. */
    static long correct(Step step, Batch batch) {
        long correct = 0;
        float[] logits = FlatVector.copy(step.logits());
        int classes = logits.length / batch.size();
        for (int n = 0; n < batch.size(); n++) {
            if (TopK.rank(logits, n * classes, classes, batch.mainLabel(n)) == 0) {
                correct++;
            }
        }
        return correct;
    }

    /** Of training in this process; 0 before any time has passed. */
    double imagesPerSecond() {
        double seconds = (System.nanoTime() - began) / 1e9;
        return seconds > 0 ? (images - imagesBefore) / seconds : 0;
    }

    Progress.Sums sums() {
        double seconds = secondsBefore + (System.nanoTime() - began) / 1e9;
        return new Progress.Sums(images, loss, correct, lr, seconds, steps, waits);
    }
}
