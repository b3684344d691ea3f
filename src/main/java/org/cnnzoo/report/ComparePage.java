package org.cnnzoo.report;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/** Several runs side by side as a self-contained HTML page. */
public final class ComparePage {
    private static final String NONE = "\u2013";

    private ComparePage() {}

    /**
     * The page: figures, curves laid over one another, the settings in which the runs differ.
     *
     * @param runs two or more
     * @param names one for each, all different
     */
    public static String html(List<RunFacts> runs, List<String> names) {
        return Html.page(
                runs.size() + " runs",
                List.of(
                        Html.section("Figures", figures(runs, names)),
                        Html.section("Curves", CurvesSection.of(runs, names)),
                        Html.section(
                                "What differs in the configurations",
                                ConfigTable.difference(
                                        runs.stream().map(RunFacts::config).toList(), names)),
                        Html.section("Machines", machines(runs, names))));
    }

    /** A figure of the table: how it is called and found, and which value is best. */
    private record Column(
            String heading, String format, int better, Function<RunFacts, OptionalDouble> value) {}

    private static final List<Column> COLUMNS =
            List.of(
                    new Column("params", "%,.0f", 0, run -> run.figure("parameters")),
                    new Column("MACs", "%,.0f", 0, run -> run.figure("macs")),
                    new Column("epochs", "%.0f", 0, run -> some(run, run.records().size())),
                    new Column(
                            "best epoch",
                            "%.0f",
                            0,
                            run -> some(run, run.best().map(r -> r.epoch()).orElse(0))),
                    new Column("val top-1 %", "%.2f", 1, run -> best(run, false)),
                    new Column("val top-5 %", "%.2f", 1, run -> best(run, true)),
                    new Column("test top-1 %", "%.2f", 1, run -> share(run, "test_top1")),
                    new Column("test top-5 %", "%.2f", 1, run -> share(run, "test_top5")),
                    new Column("test loss", "%.4f", -1, run -> run.figure("test_loss")),
                    new Column("img/s", "%,.0f", 1, run -> some(run, run.speed())),
                    new Column("time, s", "%,.1f", -1, run -> some(run, run.seconds())));

    private static OptionalDouble some(RunFacts run, double value) {
        return run.records().isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    private static OptionalDouble best(RunFacts run, boolean five) {
        return some(run, run.best().map(r -> 100 * (five ? r.valTop5() : r.valTop1())).orElse(0.0));
    }

    private static OptionalDouble share(RunFacts run, String key) {
        OptionalDouble value = run.figure(key);
        return value.isPresent() ? OptionalDouble.of(100 * value.getAsDouble()) : value;
    }

    private static String figures(List<RunFacts> runs, List<String> names) {
        List<String> headings = new ArrayList<>(List.of("run", "model", "data"));
        COLUMNS.forEach(column -> headings.add(column.heading()));
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < runs.size(); i++) {
            RunFacts run = runs.get(i);
            body.append("<tr><th scope=\"row\">")
                    .append(Html.text(names.get(i)))
                    .append(run.done() ? "" : " <small class=\"soft\">not done</small>")
                    .append("</th><td>")
                    .append(Html.text(run.model()))
                    .append("</td><td>")
                    .append(Html.text(run.data()))
                    .append("</td>");
            for (Column column : COLUMNS) {
                body.append(cell(column, run, runs));
            }
            body.append("</tr>\n");
        }
        return Html.tableOf("figures", headings, body.toString())
                + Html.paragraph("Bold is best. Validation figures are of the best epoch.");
    }

    private static String cell(Column column, RunFacts run, List<RunFacts> runs) {
        OptionalDouble value = column.value().apply(run);
        if (value.isEmpty()) {
            return "<td>" + NONE + "</td>";
        }
        double mine = value.getAsDouble();
        boolean best =
                column.better() != 0
                        && runs.stream()
                                .flatMap(other -> column.value().apply(other).stream().boxed())
                                .allMatch(theirs -> column.better() * (mine - theirs) >= 0);
        return "<td%s>%s</td>"
                .formatted(best ? " class=\"best\"" : "", Html.number(column.format(), mine));
    }

    private static String machines(List<RunFacts> runs, List<String> names) {
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            List<String> words = new ArrayList<>();
            runs.get(i).result().path("hardware").forEach(word -> words.add(word.asText()));
            rows.add(List.of(Html.text(names.get(i)), Html.text(String.join(", ", words))));
        }
        return Html.table("words", List.of(), rows);
    }
}
