package org.cnnzoo.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.cnnzoo.report.Csv;

/** Layers as CSV: a heading, a line for each, quoted as RFC 4180 says. */
final class LayerCsv {
    private LayerCsv() {}

    /**
     * @param layers one or more, all with the same keys
     */
    static void print(List<Map<String, Object>> layers, PrintWriter out) {
        out.println(line(List.copyOf(layers.get(0).keySet())));
        layers.forEach(layer -> out.println(line(List.copyOf(layer.values()))));
    }

    private static String line(List<?> cells) {
        return Csv.line(cells.stream().map(LayerCsv::text).toList());
    }

    /** Sizes as 64x112x112, anything else as it is. */
    private static String text(Object cell) {
        return cell instanceof List<?> sizes
                ? sizes.stream().map(String::valueOf).collect(Collectors.joining("x"))
                : cell.toString();
    }
}
