/**
 * Hyperparameter sweeps: what may vary ({@link org.cnnzoo.sweep.Space}), who proposes the next
 * trial ({@link org.cnnzoo.sweep.Strategy}), which trials go on ({@link org.cnnzoo.sweep.Pruning}),
 * and what happened so far ({@link org.cnnzoo.sweep.Journal}), from which everything else is
 * derived.
 *
 * <p>A proposal depends on the seed and the journal alone, never on a clock: a sweep that was
 * killed and goes on proposes what it would have proposed.
 *
 * <p>Sobol points are Commons Math's. No kept JVM library was found for the rest: Commons Math and
 * Hipparchus have sequences and optimisers of smooth functions, Smile's {@code hpo} has grid and
 * random search alone, Arbiter (grid, random) ended with Deeplearning4j 1.0.0-beta7, and the ports
 * of TPE are in Python and Rust. {@link org.cnnzoo.sweep.Tpe} is therefore our own, tested on known
 * functions.
 */
@NullMarked
package org.cnnzoo.sweep;

import org.jspecify.annotations.NullMarked;
