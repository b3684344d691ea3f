package org.cnnzoo.weights;

import org.cnnzoo.data.Normalization;

/**
 * What images of any size go through before a network of another library.
 *
 * @param cropFraction side of the centre crop over the resized shorter side: 224 / 256 = 0.875
 * @param normalization per channel, on samples in 0..1
 */
public record ImagePreparation(double cropFraction, Normalization normalization) {}
