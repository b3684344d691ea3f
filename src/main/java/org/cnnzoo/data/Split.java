package org.cnnzoo.data;

import java.util.Locale;

/**
 * The three parts of a data set: one to fit, one to choose by, one to report.
 *
 * <p>Nothing (a checkpoint, a learning rate, a normalisation) is ever chosen by {@link #TEST}.
 */
public enum Split {
    TRAIN,
    VAL,
    TEST;

    /** The name as written in files and flags: {@code train}, {@code val} or {@code test}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
