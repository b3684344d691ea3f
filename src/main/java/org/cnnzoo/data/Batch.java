package org.cnnzoo.data;

import java.util.List;

/**
 * Images for one step.
 *
 * @param index which batch of the epoch, from 0; the one to resume after
 * @param images {@code [N, C, H, W]}, normalised; this batch's own array
 * @param labels {@code [N]} class indices
 * @param names {@code [N]} see {@link ImageSet#name}
 */
@SuppressWarnings("ArrayRecordComponent") // bulk data: a list would box every sample
public record Batch(int index, float[] images, int[] labels, List<String> names) {
    /** N, the number of images. */
    public int size() {
        return labels.length;
    }
}
