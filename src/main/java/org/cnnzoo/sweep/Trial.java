package org.cnnzoo.sweep;

import java.util.Collections;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.cnnzoo.errors.Labelled;

/**
 * A trial, as far as it has come.
 *
 * @param id from 1
 * @param status what is the matter with it
 * @param toEpoch where it was last told to stop
 * @param rungs the objective's value by epochs done, one for each stop
 * @param metrics of its best epoch, and what it cost; empty before its first stop
 * @param spent epochs trained, those behind its last stop too
 * @param error why it failed, or an empty text
 */
public record Trial(
        int id,
        Point point,
        Status status,
        OptionalInt toEpoch,
        SortedMap<Integer, Double> rungs,
        Map<String, Double> metrics,
        int spent,
        String error) {

    /** What is the matter with a trial. */
    public enum Status implements Labelled {
        /** Proposed, not begun. */
        PENDING,
        /** Begun and not yet where it is to stop; perhaps its process is gone. */
        RUNNING,
        /** Stopped at a rung; it may go on. */
        PAUSED,
        /** Trained to its end. */
        DONE,
        /** It failed. */
        FAILED;

        /** Whether it has begun and isn't over. */
        public boolean mayGoOn() {
            return this == RUNNING || this == PAUSED;
        }
    }

    public Trial {
        rungs = Collections.unmodifiableSortedMap(new TreeMap<>(rungs));
        metrics = Collections.unmodifiableMap(metrics);
    }

    static Trial proposed(int id, Point point) {
        return new Trial(
                id, point, Status.PENDING, OptionalInt.empty(), new TreeMap<>(), Map.of(), 0, "");
    }

    Trial started(int until) {
        return new Trial(
                id, point, Status.RUNNING, OptionalInt.of(until), rungs, metrics, spent, error);
    }

    Trial trained(int epochs) {
        int most = Math.max(spent, epochs);
        return new Trial(id, point, status, toEpoch, rungs, metrics, most, error);
    }

    Trial reached(Event.Reached event) {
        SortedMap<Integer, Double> values = new TreeMap<>(rungs);
        values.put(event.epochs(), event.value());
        Status now = event.whole() ? Status.DONE : Status.PAUSED;
        return new Trial(id, point, now, toEpoch, values, event.metrics(), event.epochs(), error);
    }

    Trial failed(Event.Failed event) {
        int done = Math.max(spent, event.epochs());
        return new Trial(id, point, Status.FAILED, toEpoch, rungs, metrics, done, event.error());
    }

    /** Epochs done at its last stop. */
    public int epochs() {
        return rungs.isEmpty() ? 0 : rungs.lastKey();
    }

    /** The objective's value at its last stop. */
    public OptionalDouble value() {
        return rungs.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(rungs.get(rungs.lastKey()));
    }
}
