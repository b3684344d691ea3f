package org.cnnzoo.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Layers as CSV: a heading, a line for each, quoted as RFC 4180 says. */
final class LayerCsv {
    /** What makes quotes needed. */
    private static final Pattern SPECIAL = Pattern.compile("[,\"\r\n]");

    private LayerCsv() {}

    /**
     * @param layers one or more, all with the same keys
     */
    static void print(List<Map<String, Object>> layers, PrintWriter out) {
        out.println(line(List.copyOf(layers.get(0).keySet())));
        layers.forEach(layer -> out.println(line(List.copyOf(layer.values()))));
    }

    private static String line(List<?> cells) {
        return cells.stream().map(cell -> quoted(text(cell))).collect(Collectors.joining(","));
    }

    private static String quoted(String text) {
        return SPECIAL.matcher(text).find() ? "\"" + text.replace("\"", "\"\"") + "\"" : text;
    }

    /** Sizes as 64x112x112, anything else as it is. */
    private static String text(Object cell) {
        return cell instanceof List<?> sizes
                ? sizes.stream().map(String::valueOf).collect(Collectors.joining("x"))
                : cell.toString();
    }
}
