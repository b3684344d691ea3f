package org.cnnzoo.sweep;

/**
 * A piece of work on a trial.
 *
 * @param id of the trial
 * @param toEpoch epochs after which it stops, those done before included
 */
public record Job(int id, Point point, int toEpoch) {}
