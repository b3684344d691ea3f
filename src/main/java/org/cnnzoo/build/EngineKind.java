package org.cnnzoo.build;

import java.util.Locale;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.errors.Nearest;

/** Which engine a model runs on. */
public enum EngineKind {
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
        for (EngineKind kind : values()) {
            if (kind.label().equals(name.toLowerCase(Locale.ROOT))) {
                return kind;
            }
        }
        java.util.List<String> known =
                java.util.Arrays.stream(values()).map(EngineKind::label).toList();
        throw new BadInput(
                "there is no engine '%s'%s; known: %s"
                        .formatted(name, Nearest.hint(name, known), String.join(", ", known)));
    }

    /** Its name on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
