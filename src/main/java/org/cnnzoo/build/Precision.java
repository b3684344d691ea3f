package org.cnnzoo.build;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.errors.Nearest;

/** In what numbers layers compute. */
public enum Precision {
    /** Single precision throughout. */
    FP32,
    /**
     * Maps, their gradients and copies of the weights in bfloat16, eight bits of mantissa; products
     * are summed in single precision, in which parameters, their gradients, the updater, statistics
     * of batch normalisation and the loss stay. Its exponents are those of single precision, so
     * that no loss needs scaling.
     */
    BF16;

    /**
     * The precision of that name.
     *
     * @throws BadInput if there is none
     */
    public static Precision named(String name) {
        for (Precision precision : values()) {
            if (precision.label().equals(name.toLowerCase(Locale.ROOT))) {
                return precision;
            }
        }
        List<String> known = Arrays.stream(values()).map(Precision::label).toList();
        throw new BadInput(
                "there is no precision '%s'%s; known: %s"
                        .formatted(name, Nearest.hint(name, known), String.join(", ", known)));
    }

    /** Its name on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
