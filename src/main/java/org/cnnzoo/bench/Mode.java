package org.cnnzoo.bench;

import java.util.Locale;

/** Which kind of step is measured. */
public enum Mode {
    /** Logits of a batch. */
    INFERENCE,
    /** Forward, backward and the optimiser's update. */
    TRAIN;

    /** As flags and JSON have it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
