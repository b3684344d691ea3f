package org.cnnzoo.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import org.cnnzoo.console.Table;
import org.cnnzoo.data.Split;
import org.cnnzoo.data.TestViews;
import org.cnnzoo.eval.EvalResult;
import org.cnnzoo.eval.Interval;

/**
 * What {@code cnn eval} prints.
 *
 * @param checkpoint the file
 * @param data the data set's name
 * @param tta which views of each image were averaged
 * @param seconds that the evaluation took, decoding included, loading the network not
 */
record EvalReport(
        Path checkpoint,
        String data,
        Split split,
        TestViews.Kind tta,
        EvalResult result,
        double seconds) {

    private double imagesPerSecond() {
        return result.images() / seconds;
    }

    void printJson(PrintWriter out) {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode all = mapper.createObjectNode();
        all.put("checkpoint", checkpoint.toString());
        all.put("data", data);
        all.put("split", split.label());
        all.put("tta", tta.label());
        all.setAll(mapper.<ObjectNode>valueToTree(result));
        all.put("images_per_second", imagesPerSecond());
        Json.print(all, out);
    }

    void printTable(PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%s on %s, %s split: %,d images%s%n",
                checkpoint,
                data,
                split.label(),
                result.images(),
                tta == TestViews.Kind.NONE ? "" : ", " + tta.count() + " views of each averaged");
        out.printf(
                Locale.ROOT,
                "top-1 %s, top-5 %s, loss %.4f, calibration error %.2f %%; %,.0f img/s%n%n",
                share(result.top1(), result.top1Interval()),
                share(result.top5(), result.top5Interval()),
                result.loss(),
                100 * result.ece(),
                imagesPerSecond());
        Table table = new Table("CLASS", "PRECISION", "RECALL", "F1", "IMAGES");
        result.perClass()
                .forEach(c -> table.row(c.name(), c.precision(), c.recall(), c.f1(), c.support()));
        row(table, "macro average", result.macro());
        row(table, "weighted average", result.weighted());
        table.print(out);
    }

    private void row(Table table, String name, EvalResult.Averages means) {
        table.row(name, means.precision(), means.recall(), means.f1(), result.images());
    }

    /** With its 95 % interval. */
    private static String share(double share, Interval interval) {
        return String.format(
                Locale.ROOT,
                "%.2f %% (%.2f to %.2f)",
                100 * share,
                100 * interval.low(),
                100 * interval.high());
    }
}
