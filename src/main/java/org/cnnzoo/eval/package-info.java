/**
 * How good a network is: {@link org.cnnzoo.eval.Evaluation} runs a split through it and {@link
 * org.cnnzoo.eval.Tally} counts, in double and in the split's order, so that the same checkpoint
 * gives the same figures wherever they are asked for. What a network says of images without labels
 * is {@link org.cnnzoo.eval.Predictor}'s to tell.
 */
@NullMarked
package org.cnnzoo.eval;

import org.jspecify.annotations.NullMarked;
