package org.cnnzoo.build;

import java.util.Locale;
import java.util.Optional;
import org.cnnzoo.build.onednn.OneDnnEngine;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.errors.Nearest;
import org.cnnzoo.network.Network;
import org.nd4j.linalg.api.buffer.DataType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which engine a model runs on. */
public enum EngineKind {
    /** oneDNN where it can be, else ND4J, with a line in the log. */
    AUTO,
    /** oneDNN, or an error. */
    ONEDNN,
    /** The Deeplearning4j graph on ND4J's operations. */
    ND4J;

    private static final Logger LOG = LoggerFactory.getLogger(EngineKind.class);

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

    /**
     * Whether a network of this kind runs on oneDNN here.
     *
     * @throws BadInput if it is asked for and can't be
     */
    boolean isOneDnn(Network network, DataType type) {
        if (this == ND4J) {
            return false;
        }
        if (type != DataType.FLOAT && this == AUTO) {
            return false; // DOUBLE is for checking gradients
        }
        Optional<String> refusal =
                type == DataType.FLOAT
                        ? OneDnnEngine.refusal(network)
                        : Optional.of("it computes in FLOAT alone");
        if (refusal.isPresent() && this == ONEDNN) {
            throw new BadInput(
                    "--engine onednn can't run %s: %s".formatted(network.name(), refusal.get()));
        }
        refusal.ifPresent(why -> LOG.warn("{} runs on ND4J: oneDNN: {}", network.name(), why));
        return refusal.isEmpty();
    }
}
