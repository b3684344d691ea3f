/**
 * A training from a plan to a run folder: {@link org.cnnzoo.session.Training} opens the data,
 * builds the network, gives it its {@link org.cnnzoo.session.StartingWeights}, trains, tests and
 * reports, and {@link org.cnnzoo.session.Distribution} has the passes done by a cluster.
 *
 * <p>The steps themselves are in {@code train}, the files of a run in {@code run}; here they meet.
 */
@NullMarked
package org.cnnzoo.session;

import org.jspecify.annotations.NullMarked;
