package org.cnnzoo.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.cnnzoo.eval.Prediction;

/**
 * Predictions as rows: one for each file and rank, and one for a file that has no answer.
 *
 * @param headings of the columns
 * @param rows as many cells each; what a row hasn't is an empty text
 */
record PredictionRows(List<String> headings, List<List<Object>> rows) {
    /**
     * The rows, in the order of the predictions.
     *
     * @param logits whether there is a column with the logit
     * @param errors whether there is a column with why a file has no answer; there is one anyway
     *     where one has none
     */
    static PredictionRows of(List<Prediction> predictions, boolean logits, boolean errors) {
        List<String> headings = new ArrayList<>(List.of("file", "class", "probability", "rank"));
        if (logits) {
            headings.add("logit");
        }
        if (errors || predictions.stream().anyMatch(p -> p instanceof Prediction.Failure)) {
            headings.add("error");
        }
        List<List<Object>> rows = new ArrayList<>();
        for (Prediction prediction : predictions) {
            if (prediction instanceof Prediction.Answer answer) {
                for (Prediction.Ranked ranked : answer.predictions()) {
                    List<Object> row = empty(headings, answer.file());
                    row.set(1, ranked.name());
                    row.set(2, ranked.probability());
                    row.set(3, ranked.rank());
                    if (logits) {
                        row.set(4, ranked.logit());
                    }
                    rows.add(row);
                }
            } else if (prediction instanceof Prediction.Failure failure) {
                List<Object> row = empty(headings, failure.file());
                row.set(row.size() - 1, failure.error());
                rows.add(row);
            }
        }
        return new PredictionRows(headings, rows);
    }

    private static List<Object> empty(List<String> headings, String file) {
        List<Object> row = new ArrayList<>(Collections.nCopies(headings.size(), ""));
        row.set(0, file);
        return row;
    }
}
