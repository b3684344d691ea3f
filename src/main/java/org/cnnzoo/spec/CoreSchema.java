package org.cnnzoo.spec;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Scalars by the core schema of YAML 1.2 (section 10.3.2), where {@code on} and {@code no} are
 * words.
 */
final class CoreSchema {
    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]{1,18}");
    private static final Pattern NUMBER =
            Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");

    private CoreSchema() {}

    static @Nullable Object value(String text) {
        return switch (text) {
            case "", "~", "null", "Null", "NULL" -> null;
            case "true", "True", "TRUE" -> true;
            case "false", "False", "FALSE" -> false;
            default -> number(text);
        };
    }

    private static Object number(String text) {
        if (INTEGER.matcher(text).matches()) {
            return Long.valueOf(text.startsWith("+") ? text.substring(1) : text);
        }
        return NUMBER.matcher(text).matches() ? Double.valueOf(text) : text;
    }
}
