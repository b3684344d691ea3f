package org.cnnzoo.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.cnnzoo.console.Table;
import org.cnnzoo.eval.Prediction;
import org.cnnzoo.report.Csv;

/** How {@code cnn predict} prints: {@code --format table|json|csv}. */
enum PredictionFormat {
    /** Aligned columns, for a person. */
    TABLE,
    /** An array with an entry for each file, and nothing else on stdout. */
    JSON,
    /** A heading, then a line for each file and rank, quoted as RFC 4180 has it. */
    CSV;

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
            out.println(Csv.line(rows.headings()));
            rows.rows().forEach(row -> out.println(Csv.line(row)));
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

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
