package org.cnnzoo.data;

/**
 * What a {@link BatchLoader} does with the images.
 *
 * @param batchSize images in a batch, 1 or more
 * @param training whether the order is shuffled and a last batch of one image dropped
 * @param seed of the run: order and augmentation derive from (seed, epoch, sample index)
 * @param epoch from 0
 * @param workers threads that make batches ahead of the step; 0 makes them on the caller's
 * @param startBatch the first batch to give, from 0: to resume in the middle of an epoch
 * @param balanced in training, whether each place of the order draws a class and then one of its
 *     images, rather than each image having one place
 * @param most without training, at most so many images, evenly spaced in the split's order, which
 *     may be that of the classes
 */
public record LoaderOptions(
        int batchSize,
        boolean training,
        long seed,
        int epoch,
        int workers,
        int startBatch,
        boolean balanced,
        int most) {
    /** No limit. */
    public static final int ALL = Integer.MAX_VALUE;

    public LoaderOptions {
        if (batchSize < 1 || epoch < 0 || workers < 0 || startBatch < 0 || most < 1) {
            throw new IllegalArgumentException(
                    "batch size %d, epoch %d, workers %d, start batch %d"
                            .formatted(batchSize, epoch, workers, startBatch));
        }
    }

    /** One shuffled epoch from its start, made on the caller's thread. */
    public static LoaderOptions training(int batchSize, long seed, int epoch) {
        return new LoaderOptions(batchSize, true, seed, epoch, 0, 0, false, ALL);
    }

    /** Every image once, in the split's order, made on the caller's thread. */
    public static LoaderOptions evaluation(int batchSize) {
        return new LoaderOptions(batchSize, false, 0, 0, 0, 0, false, ALL);
    }

    public LoaderOptions withWorkers(int count) {
        return new LoaderOptions(
                batchSize, training, seed, epoch, count, startBatch, balanced, most);
    }

    public LoaderOptions withStartBatch(int first) {
        return new LoaderOptions(batchSize, training, seed, epoch, workers, first, balanced, most);
    }

    public LoaderOptions withMost(int images) {
        return new LoaderOptions(
                batchSize, training, seed, epoch, workers, startBatch, balanced, images);
    }
}
