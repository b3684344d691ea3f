/**
 * Trials of a sweep carried out: {@link org.cnnzoo.trial.TrialTraining} is one, and {@link
 * org.cnnzoo.trial.Jobs} has them done in this process, in processes of their own or by a cluster.
 *
 * <p>Which trials there are, and what becomes of their results, is {@code sweep}'s to say.
 */
@NullMarked
package org.cnnzoo.trial;

import org.jspecify.annotations.NullMarked;
