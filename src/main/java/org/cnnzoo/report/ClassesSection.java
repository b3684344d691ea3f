package org.cnnzoo.report;

import java.util.ArrayList;
import java.util.List;
import org.cnnzoo.eval.EvalResult;

/** Precision, recall and F1 of every class, and their means. */
final class ClassesSection {
    private static final int MANY = 30;

    private ClassesSection() {}

    static String of(EvalResult result) {
        List<List<String>> rows = new ArrayList<>();
        for (EvalResult.ClassFigures c : result.perClass()) {
            rows.add(
                    List.of(
                            Html.text(c.name()),
                            Html.number("%.3f", c.precision()),
                            Html.number("%.3f", c.recall()),
                            bar(c.f1()),
                            Html.number("%,d", c.support())));
        }
        rows.add(means("<i>macro average</i>", result.macro(), result.images()));
        rows.add(means("<i>weighted average</i>", result.weighted(), result.images()));
        return Html.section(
                "Classes",
                Html.table(
                        result.perClass().size() > MANY ? "tall" : "",
                        List.of("class", "precision", "recall", "F1", "images"),
                        rows));
    }

    private static List<String> means(String name, EvalResult.Averages means, long images) {
        return List.of(
                name,
                Html.number("%.3f", means.precision()),
                Html.number("%.3f", means.recall()),
                bar(means.f1()),
                Html.number("%,d", images));
    }

    private static String bar(double share) {
        return Html.number(
                "%.3f<span class=\"meter\"><i style=\"width:%.1f%%\"></i></span>",
                share, 100 * share);
    }
}
