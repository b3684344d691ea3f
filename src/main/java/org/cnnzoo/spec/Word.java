package org.cnnzoo.spec;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A word of the grammar: a layer's name, what it does, and its arguments.
 *
 * @param shorthand the argument that {@code {word: value}} sets, or null where the word has none
 */
public record Word(
        String name,
        Kind kind,
        String summary,
        @Nullable String shorthand,
        List<Argument> arguments) {

    /** What a word stands for. */
    public enum Kind {
        /** One operation. */
        OPERATION,
        /** A short way to write a few operations. */
        COMPOSITE,
        /** A way to arrange layers. */
        STRUCTURE
    }

    public Word {
        arguments = List.copyOf(arguments);
    }

    /** The argument of that name. */
    public Optional<Argument> argument(String wanted) {
        return arguments.stream().filter(a -> a.name().equals(wanted)).findFirst();
    }

    /** The names of the arguments, {@code name} last. */
    public List<String> argumentNames() {
        return arguments.stream().map(Argument::name).toList();
    }
}
