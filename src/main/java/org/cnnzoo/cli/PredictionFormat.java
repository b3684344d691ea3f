package org.cnnzoo.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.cnnzoo.eval.Prediction;

/** How {@code cnn predict} prints: {@code --format table|json|csv}. */
enum PredictionFormat {
    /** Aligned columns, for a person. */
    TABLE,
    /** An array with an entry for each file, and nothing else on stdout. */
    JSON,
    /** A heading, then a line for each file and rank, quoted as RFC 4180 has it. */
    CSV;

    private static final Pattern TO_QUOTE = Pattern.compile("[\",\\r\\n]");

    /**
     * Prints predictions.
     *
     * @param logits whether rows have the logit of their class; JSON has what the answers have
     */
    void print(List<Prediction> predictions, boolean logits, PrintWriter out) {
        if (this == JSON) {
            Json.print(predictions, out);
            return;
        }
        PredictionRows rows = PredictionRows.of(predictions, logits, this == CSV);
        if (this == CSV) {
            out.println(line(rows.headings()));
            rows.rows().forEach(row -> out.println(line(row)));
            return;
        }
        Table table =
                new Table(
                        rows.headings().stream()
                                .map(heading -> heading.toUpperCase(Locale.ROOT))
                                .toArray(String[]::new));
        rows.rows().forEach(row -> table.row(row.toArray()));
        table.print(out);
    }

    private static String line(List<?> cells) {
        return cells.stream()
                .map(Object::toString)
                .map(cell -> TO_QUOTE.matcher(cell).find() ? quoted(cell) : cell)
                .collect(Collectors.joining(","));
    }

    private static String quoted(String cell) {
        return '"' + cell.replace("\"", "\"\"") + '"';
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
