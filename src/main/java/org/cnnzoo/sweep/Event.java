package org.cnnzoo.sweep;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A line of the journal. {@code at} is in seconds of the sweep's own time, pauses left out. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Event.Defined.class, name = "sweep"),
    @JsonSubTypes.Type(value = Event.Located.class, name = "located"),
    @JsonSubTypes.Type(value = Event.Proposed.class, name = "trial"),
    @JsonSubTypes.Type(value = Event.Started.class, name = "start"),
    @JsonSubTypes.Type(value = Event.EpochDone.class, name = "epoch"),
    @JsonSubTypes.Type(value = Event.Stopped.class, name = "stopped"),
    @JsonSubTypes.Type(value = Event.Reached.class, name = "reached"),
    @JsonSubTypes.Type(value = Event.Failed.class, name = "failed")
})
public sealed interface Event {
    /** When, in seconds. */
    double at();

    /**
     * The sweep begins, or goes on with another file.
     *
     * @param first the id of the next trial
     * @param name the sweep's
     * @param method who proposes and prunes
     * @param seed of the proposals
     * @param file the file's text
     * @param trials how many trials there are in the end
     */
    record Defined(
            double at, int first, String name, String method, long seed, int trials, String file)
            implements Event {}

    /**
     * Whose folder the file's relative paths are in.
     *
     * @param directory whole
     */
    record Located(double at, String directory) implements Event {}

    /** A trial was proposed. */
    record Proposed(double at, int id, Map<String, Object> parameters) implements Event {
        public Proposed {
            parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        }
    }

    /**
     * A trial begins, or goes on.
     *
     * @param toEpoch where it is to stop
     */
    record Started(double at, int id, int toEpoch) implements Event {}

    /** A trial has done an epoch; it is no stop. */
    record EpochDone(double at, int id, int epoch) implements Event {}

    /** A trial was stopped with the sweep, before it came where it was to stop. */
    record Stopped(double at, int id) implements Event {}

    /**
     * A trial has come where it was to stop.
     *
     * @param epochs done in all
     * @param whole whether nothing is left of it
     * @param value of the objective
     * @param metrics of its best epoch, and what it cost
     */
    record Reached(
            double at, int id, int epochs, boolean whole, double value, Map<String, Double> metrics)
            implements Event {
        public Reached {
            metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        }
    }

    /**
     * A trial failed; the sweep goes on.
     *
     * @param epochs done in all, which are spent
     */
    record Failed(double at, int id, int epochs, String error) implements Event {}
}
