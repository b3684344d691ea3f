package org.cnnzoo.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.cnnzoo.console.Table;
import org.cnnzoo.network.Alignment;
import org.cnnzoo.network.Node;
import org.jspecify.annotations.Nullable;

/**
 * Two networks side by side.
 *
 * @param a what {@code cnn info --format json} prints of the first
 * @param b and of the second
 */
record Comparison(Map<String, Object> a, Map<String, Object> b, List<Alignment.Pair> layers) {
    private static final String MEMORY = "memory";
    private static final double MEGABYTE = 1 << 20;

    /**
     * As JSON: totals of both, and the layers in pairs, null where one network has none.
     *
     * @param layer what is told of a layer
     */
    Map<String, Object> facts(Function<Node, Map<String, Object>> layer) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("a", totals(a));
        facts.put("b", totals(b));
        facts.put("layers", layers.stream().map(pair -> pair(pair, layer)).toList());
        return facts;
    }

    private static Map<String, Object> totals(Map<String, Object> facts) {
        Map<String, Object> totals = new LinkedHashMap<>(facts);
        totals.remove("layers");
        return totals;
    }

    private static Map<String, @Nullable Object> pair(
            Alignment.Pair pair, Function<Node, Map<String, Object>> layer) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        facts.put("a", pair.a() == null ? null : layer.apply(pair.a()));
        facts.put("b", pair.b() == null ? null : layer.apply(pair.b()));
        facts.put("same", pair.same());
        return facts;
    }

    /** As tables: totals with their ratio, then the layers. */
    void print(PrintWriter out) {
        String first = "A: " + a.get("model");
        String second = "B: " + b.get("model");
        Table totals = new Table("total", first, second, "B / A");
        totals.row("input", a.getOrDefault("input", ""), b.getOrDefault("input", ""), "");
        counts(totals, "", a, b, 1);
        if (a.get(MEMORY) instanceof Map<?, ?> ofA && b.get(MEMORY) instanceof Map<?, ?> ofB) {
            counts(totals, "memory MB, ", ofA, ofB, MEGABYTE);
        }
        totals.print(out);
        out.println();
        Table table =
                new Table("", first, second, "type", "output", "settings", "params A", "params B");
        layers.forEach(pair -> row(table, pair));
        table.print(out);
        out.println();
        out.println("-  in A alone   +  in B alone   !  same type and output, else different");
        out.println("=  the same as in A");
    }

    private static void row(Table table, Alignment.Pair pair) {
        Node a = pair.a();
        Node b = pair.b();
        Node one = a != null ? a : Objects.requireNonNull(b);
        boolean same = a != null && b != null && a.name().equals(b.name());
        table.row(
                pair.same() ? "" : b == null ? "-" : a == null ? "+" : "!",
                a == null ? "" : a.name(),
                b == null ? "" : same ? "=" : b.name(),
                one.operation().type(),
                one.output(),
                settings(a, b),
                a == null ? "" : a.parameters(),
                b == null ? "" : pair.same() ? "=" : b.parameters());
    }

    private static String settings(@Nullable Node a, @Nullable Node b) {
        String ofA = a == null ? "" : a.operation().details();
        String ofB = b == null ? "" : b.operation().details();
        return a == null || ofA.equals(ofB) ? ofB : b == null ? ofA : ofA + " | " + ofB;
    }

    private static void counts(
            Table totals, String prefix, Map<?, ?> ofA, Map<?, ?> ofB, double unit) {
        ofA.forEach(
                (key, value) -> {
                    if (value instanceof Number x && ofB.get(key) instanceof Number y) {
                        totals.row(
                                prefix + key.toString().replace('_', ' '),
                                shown(x, unit),
                                shown(y, unit),
                                ratio(x.doubleValue(), y.doubleValue()));
                    }
                });
    }

    private static Object shown(Number count, double unit) {
        return unit == 1 ? count : String.format(Locale.ROOT, "%,.1f", count.doubleValue() / unit);
    }

    private static String ratio(double a, double b) {
        return a == 0 ? "" : String.format(Locale.ROOT, "%.3f", b / a);
    }
}
