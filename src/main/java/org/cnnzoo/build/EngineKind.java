package org.cnnzoo.build;

import org.cnnzoo.errors.BadInput;
import org.cnnzoo.errors.Labelled;

/** Which engine a model runs on. */
public enum EngineKind implements Labelled {
    /** oneDNN where it can be, else ND4J, with a line in the log. */
    AUTO,
    /** oneDNN, or an error. */
    ONEDNN,
    /** The Deeplearning4j graph on ND4J's operations. */
    ND4J;

    /**
     * The kind of that name.
     *
     * @throws BadInput if there is none
     */
    public static EngineKind named(String name) {
        return Labelled.named("--engine", values(), name);
    }
}
