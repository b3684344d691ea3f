package org.cnnzoo.spec;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An argument of a word.
 *
 * @param fallback the default as it would be written in YAML; null where the argument is required,
 *     {@link #OPTIONAL} where leaving it out means something of its own
 * @param choices the words of a {@link Type#CHOICE}
 * @param least the smallest number allowed
 */
public record Argument(
        String name,
        Type type,
        @Nullable String fallback,
        List<String> choices,
        double least,
        double most,
        String doc) {

    /** The default of an argument that may be left out without standing for a value. */
    public static final String OPTIONAL = "";

    /** What may be written for an argument. */
    public enum Type {
        INTEGER("a whole number"),
        NUMBER("a number"),
        BOOLEAN("true or false"),
        TEXT("a word"),
        CHOICE("one of its words"),
        CHANNELS("a whole number of channels, $in, or a share of $in"),
        SIZE("a whole number or [height, width]"),
        PADDING("a whole number, [height, width], [top, bottom, left, right], half, same or valid"),
        ACTIVATION("an activation's name, or {name: alpha}"),
        INIT("an initialisation's name, or {normal: deviation}, {uniform: bound}"),
        DROP_PATH("a number, or {linear: rate}"),
        LAYERS("a list of layers"),
        MISMATCH("error, project, pad, drop, or a list of layers"),
        BRANCHES("a list of branches, or a mapping of named ones"),
        ROWS("a list of rows");

        private final String expected;

        Type(String expected) {
            this.expected = expected;
        }

        /** What a message says was expected. */
        public String expected() {
            return expected;
        }
    }

    public boolean required() {
        return fallback == null;
    }
}
