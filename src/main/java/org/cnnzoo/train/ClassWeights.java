package org.cnnzoo.train;

import org.cnnzoo.data.ImageSet;
import org.cnnzoo.errors.Labelled;

/** How much an image's class counts in the loss. */
public enum ClassWeights implements Labelled {
    /** All the same. */
    NONE,
    /**
     * Rare classes more: {@code images / (classes * images of the class)} over the training split,
     * as scikit-learn's {@code class_weight="balanced"}; a class without images gets 0.
     */
    BALANCED;

    /**
     * The weights.
     *
     * @param images the training split
     * @param classes outputs of the network
     * @return one weight a class, of mean 1 over the images
     */
    public double[] of(ImageSet images, int classes) {
        int[] counts = new int[classes];
        for (int i = 0; i < images.size(); i++) {
            counts[images.label(i)]++;
        }
        return of(counts);
    }

    /**
     * The weights.
     *
     * @param counts images of each class in the training split
     * @return one weight a class, of mean 1 over the images
     */
    public double[] of(int[] counts) {
        double[] weights = new double[counts.length];
        long images = 0;
        for (int count : counts) {
            images += count;
        }
        for (int c = 0; c < counts.length; c++) {
            weights[c] =
                    this == NONE
                            ? 1
                            : counts[c] == 0 ? 0 : (double) images / counts.length / counts[c];
        }
        return weights;
    }
}
