package org.cnnzoo.errors;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A constant with the name that people type for it. */
public interface Labelled {
    /** As an enum's constant has it. */
    String name();

    /** The name in flags, files and JSON: {@code ten-crop} of TEN_CROP. */
    default String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The constant of that name, in whatever letters.
     *
     * @param flag where it was given, such as {@code --engine}
     * @param all constants there are
     * @throws BadInput if there is none, naming those there are
     */
    static <T extends Labelled> T named(String flag, T[] all, String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        List<String> known = Stream.of(all).map(Labelled::label).toList();
        int found = known.indexOf(lower);
        if (found < 0) {
            throw new BadInput(
                    "%s must be %s, not '%s'%s"
                            .formatted(flag, choice(known), name, Nearest.hint(name, known)));
        }
        return all[found];
    }

    private static String choice(List<String> known) {
        int last = known.size() - 1;
        return String.join(", ", known.subList(0, last)) + " or " + known.get(last);
    }
}
