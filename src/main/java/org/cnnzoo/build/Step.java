package org.cnnzoo.build;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What one forward and backward pass yields besides the gradients.
 *
 * @param loss mean loss over the batch, auxiliary heads included by their weight
 * @param logits of the main head in training mode, shape [N, classes]; detached, so they stay valid
 *     after the next pass
 */
public record Step(double loss, INDArray logits) {}
