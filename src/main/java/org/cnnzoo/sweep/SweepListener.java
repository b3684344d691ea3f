package org.cnnzoo.sweep;

import org.cnnzoo.run.EpochRecord;

/** Who watches a sweep; called on several threads, one at a time. */
public interface SweepListener {
    /** Nobody. */
    SweepListener NONE = new SweepListener() {};

    /** A trial begins or goes on. */
    default void started(SweepState state, Job job) {}

    /** A trial's epoch is done. */
    default void epochDone(SweepState state, Job job, EpochRecord epoch) {}

    /** A trial has come where it was to stop, or failed, or was stopped. */
    default void ended(SweepState state, Job job) {}
}
