package org.cnnzoo.train;

import java.io.Serializable;

/**
 * What a replica's share of a {@link Round} led to.
 *
 * @param images how many it saw; 0 if it had no batch, and then the rest is empty
 * @param loss sum over the images
 * @param correct images that were put into their class
 * @param vector [P] the mean gradient over its images, with the steps of running statistics where
 *     their gradients would be; or its values after its own updates
 * @param state the optimiser's vectors [P] after its own updates
 * @param bad a line about the batch whose loss is not finite, which ended its work; empty: none
 */
@SuppressWarnings("ArrayRecordComponent") // bulk data
public record Part(
        int images, double loss, long correct, float[] vector, float[][] state, String bad)
        implements Serializable {}
