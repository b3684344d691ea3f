package org.cnnzoo.data;

import java.util.List;

/**
 * Images for one step.
 *
 * @param index which batch of the epoch, from 0; the one to resume after
 * @param images {@code [N, C, H, W]}, normalised; this batch's own array
 * @param labels {@code [N]} class indices
 * @param names {@code [N]} see {@link ImageSet#name}
 * @param share what each image has of itself, 0..1: the rest of it, and of its label, is that of
 *     the image before it, for the first one that of the last; 1 if nothing is mixed
 */
@SuppressWarnings("ArrayRecordComponent") // bulk data: a list would box every sample
public record Batch(int index, float[] images, int[] labels, List<String> names, double share) {

    /** A batch in which nothing is mixed. */
    public Batch(int index, float[] images, int[] labels, List<String> names) {
        this(index, images, labels, names, 1);
    }

    /** The label that counts more in what an image became. */
    public int mainLabel(int image) {
        return labels[share >= 0.5 ? image : (image + labels.length - 1) % labels.length];
    }

    /** N, the number of images. */
    public int size() {
        return labels.length;
    }
}
