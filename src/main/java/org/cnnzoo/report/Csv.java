package org.cnnzoo.report;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Lines of CSV, quoted as RFC 4180 has it. */
public final class Csv {
    private static final Pattern TO_QUOTE = Pattern.compile("[\",\\r\\n]");

    private Csv() {}

    /** One line, without a line break at its end. */
    public static String line(List<?> cells) {
        return cells.stream()
                .map(Object::toString)
                .map(cell -> TO_QUOTE.matcher(cell).find() ? quoted(cell) : cell)
                .collect(Collectors.joining(","));
    }

    private static String quoted(String cell) {
        return '"' + cell.replace("\"", "\"\"") + '"';
    }
}
