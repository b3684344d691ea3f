package org.cnnzoo.train;

import org.cnnzoo.data.Augmentation;
import org.cnnzoo.data.PreparedImages;

/**
 * The images that a training sees.
 *
 * @param train to fit
 * @param augmentation of the training images
 * @param val to choose the best epoch by
 */
public record TrainData(PreparedImages train, Augmentation augmentation, PreparedImages val) {}
