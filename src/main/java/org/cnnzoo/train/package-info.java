/**
 * Training: {@link org.cnnzoo.train.TrainSettings} say how, {@link org.cnnzoo.train.Trainer} does
 * it, epoch by epoch and step by step.
 *
 * <p>A step is: a {@link org.cnnzoo.data.Batch}; its {@link org.cnnzoo.train.Targets}; the model's
 * forward and backward pass; the gradient's norm, if it is to be clipped; one pass of the {@link
 * org.cnnzoo.train.Optimizer} over the flat vectors of parameters, at the {@link
 * org.cnnzoo.train.Schedule}'s rate; the moving average, if there is one. Formulas are those of
 * {@code torch.optim}, not of Deeplearning4j's updaters, and are tested against it.
 *
 * <p>All that decides the next step is in the model, the optimiser's vectors and {@link
 * org.cnnzoo.run.Progress}; a checkpoint holds these three, so a run that was stopped ends with the
 * same bits as one that was not.
 */
@NullMarked
package org.cnnzoo.train;

import org.jspecify.annotations.NullMarked;
