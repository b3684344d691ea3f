package org.cnnzoo.build;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What one forward and backward pass yields besides the gradients.
 *
 * @param loss mean loss over the batch, auxiliary heads included by their weight
 * @param probabilities softmax of the main head's logits, shape [N, classes]; detached, so it stays
 *     valid after the next pass
 */
public record Step(double loss, INDArray probabilities) {}
