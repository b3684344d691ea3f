package org.cnnzoo.recipe;

import org.cnnzoo.spec.Where;

/**
 * Where a value came from.
 *
 * @param rank what it is laid over: a higher rank wins
 * @param text for a person: {@code default}, {@code recipe quick.yaml:3:1}, {@code --lr}
 */
public record Source(Rank rank, String text) {

    /** Lowest first. */
    public enum Rank {
        DEFAULT(""),
        RECIPE("recipe "),
        MODEL("model "),
        /** A recipe that was written for the model, and so stands above the model's own. */
        MODEL_RECIPE("recipe "),
        /** What a sweep sets in every trial. */
        SWEEP("sweep "),
        /** The configuration of a run that is resumed. */
        RESUMED("run "),
        COMMAND_LINE("");

        private final String prefix;

        Rank(String prefix) {
            this.prefix = prefix;
        }
    }

    static final Source BY_DEFAULT = new Source(Rank.DEFAULT, "default");

    static Source of(Rank rank, Where where) {
        return new Source(rank, rank.prefix + where);
    }

    @Override
    public String toString() {
        return text;
    }
}
