package org.cnnzoo.bench;

import org.cnnzoo.errors.Labelled;

/** Which kind of step is measured. */
public enum Mode implements Labelled {
    /** Logits of a batch. */
    INFERENCE,
    /** Forward, backward and the optimiser's update. */
    TRAIN;
}
