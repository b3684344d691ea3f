package org.cnnzoo.train;

import org.cnnzoo.errors.Labelled;

/** What the replicas of a data-parallel training bring together. */
public enum Sync implements Labelled {
    /**
     * Their gradients, weighted by images, before one update: what one process does that adds up
     * the gradients of as many batches.
     */
    GRADIENTS,
    /**
     * The parameters, running statistics and optimiser's state that each replica's own updates led
     * to. With stochastic gradient descent, and one step between, this is the same; with Adam it is
     * not, since the mean of what updates divide by is no replica's.
     */
    PARAMETERS
}
