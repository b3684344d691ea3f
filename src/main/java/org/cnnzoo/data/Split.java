package org.cnnzoo.data;

import org.cnnzoo.errors.Labelled;

/**
 * The three parts of a data set: one to fit, one to choose by, one to report.
 *
 * <p>Nothing (a checkpoint, a learning rate, a normalisation) is ever chosen by {@link #TEST}.
 */
public enum Split implements Labelled {
    TRAIN,
    VAL,
    TEST;
}
