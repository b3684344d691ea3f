package org.cnnzoo.spec;

import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names with wildcards: {@code *} is anything, {@code ?} any letter. */
public final class Wildcard {
    private Wildcard() {}

    /** What matches the same names. */
    public static Pattern pattern(String text) {
        return Pattern.compile(
                text.chars().mapToObj(Wildcard::regex).collect(Collectors.joining()));
    }

    private static String regex(int letter) {
        return switch (letter) {
            case '*' -> ".*";
            case '?' -> ".";
            default -> Pattern.quote(Character.toString(letter));
        };
    }
}
