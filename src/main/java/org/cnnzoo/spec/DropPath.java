package org.cnnzoo.spec;

/**
 * How often a residual's main path is dropped for an image in training (stochastic depth, Huang
 * 2016).
 *
 * @param rate the probability
 * @param linear whether {@code rate} is that of the network's last such residual, with 0 at the
 *     first and equal steps between (the linear decay of the paper's survival probabilities, as in
 *     ConvNeXt)
 */
public record DropPath(double rate, boolean linear) {}
