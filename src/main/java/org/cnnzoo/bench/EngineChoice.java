package org.cnnzoo.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.cnnzoo.build.Model;
import org.cnnzoo.build.ModelBuilder;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.errors.Nearest;
import org.cnnzoo.network.Network;

/** What does the arithmetic that is measured. A further engine is named here and nowhere else. */
public enum EngineChoice {
    /** Deeplearning4j's graph on ND4J's operations. */
    ND4J;

    private static final String AUTO = "auto";
    private static final List<String> NOT_YET = List.of("onednn");

    /** As flags and JSON have it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The engine of that name; {@code auto} is what training uses.
     *
     * @throws BadInput if there is none
     */
    public static EngineChoice of(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.equals(AUTO)) {
            return ND4J;
        }
        for (EngineChoice choice : values()) {
            if (choice.label().equals(lower)) {
                return choice;
            }
        }
        List<String> known =
                Stream.concat(Stream.of(AUTO), Stream.of(values()).map(EngineChoice::label))
                        .toList();
        throw new BadInput(
                NOT_YET.contains(lower)
                        ? "--engine %s is not in this version; there is %s"
                                .formatted(lower, String.join(", ", known))
                        : "--engine must be one of %s, not '%s'%s"
                                .formatted(
                                        String.join(", ", known), name, Nearest.hint(name, known)));
    }

    /** The network on this engine, with fresh weights. */
    Model build(Network network, long seed) {
        return switch (this) {
            case ND4J -> ModelBuilder.build(network, seed);
        };
    }

    /** Times the layers of a model that this engine built. */
    LayerClock clock(Model model) {
        return switch (this) {
            case ND4J -> new LayerClock(model);
        };
    }
}
