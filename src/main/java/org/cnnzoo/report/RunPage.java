package org.cnnzoo.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cnnzoo.eval.EvalResult;
import org.cnnzoo.run.EpochRecord;

/** One run as a self-contained HTML page; nothing in it is loaded from anywhere. */
public final class RunPage {
    private RunPage() {}

    /**
     * The page.
     *
     * @param run what its folder says
     * @param evaluated its best checkpoint on a split
     * @param note why there is no such evaluation, or something else to know of it; may be empty
     */
    public static String html(RunFacts run, Optional<Evaluated> evaluated, String note) {
        List<String> sections = new ArrayList<>();
        sections.add(cards(run, evaluated));
        if (!note.isEmpty()) {
            sections.add(Html.paragraph(note));
        }
        sections.add(Html.section("Curves", CurvesSection.of(run.records())));
        evaluated.ifPresent(
                found -> {
                    sections.add(
                            "<p class=\"soft\">What follows is of the best checkpoint on the %s: %s images.</p>"
                                    .formatted(
                                            Html.text(found.split()),
                                            Html.number("%,d", found.result().images())));
                    sections.add(ConfusionSection.of(found.result(), found.classes()));
                    sections.add(ClassesSection.of(found.result()));
                    sections.add(PicturesSection.mistakes(found));
                    sections.add(CalibrationSection.of(found.result()));
                    sections.add(PicturesSection.filters(found));
                });
        sections.add(Html.section("Epochs", epochs(run.records())));
        sections.add(Html.section("Configuration", run.config().html()));
        sections.add(Html.section("The run", FactsSection.of(run)));
        return Html.page(run.name(), sections);
    }

    private static String cards(RunFacts run, Optional<Evaluated> evaluated) {
        Map<String, String> cards = new LinkedHashMap<>();
        run.best()
                .ifPresent(
                        best ->
                                cards.put(
                                        "validation top-1, epoch " + best.epoch(),
                                        Html.percent(best.valTop1())));
        evaluated.ifPresent(
                found -> {
                    EvalResult result = found.result();
                    String between =
                            Html.number(
                                    ", 95 %% interval %.1f to %.1f",
                                    100 * result.top1Interval().low(),
                                    100 * result.top1Interval().high());
                    cards.put(found.split() + " top-1" + between, Html.percent(result.top1()));
                    cards.put(found.split() + " top-5", Html.percent(result.top5()));
                    cards.put(found.split() + " loss", Html.number("%.4f", result.loss()));
                    cards.put("macro F1", Html.number("%.4f", result.macro().f1()));
                    cards.put("calibration error", Html.percent(result.ece()));
                });
        run.figure("parameters")
                .ifPresent(n -> cards.put("trainable parameters", Html.number("%,.0f", n)));
        run.figure("macs").ifPresent(n -> cards.put("multiply-adds", Html.number("%,.0f", n)));
        if (!run.records().isEmpty()) {
            cards.put("time", FactsSection.time(run.seconds()));
        }
        StringBuilder html = new StringBuilder("<div class=\"cards\">\n");
        cards.forEach(
                (label, value) ->
                        html.append(
                                "<div><b>%s</b><small>%s</small></div>\n"
                                        .formatted(Html.text(value), Html.text(label))));
        return html.append("</div>").toString();
    }

    private static String epochs(List<EpochRecord> records) {
        if (records.isEmpty()) {
            return "";
        }
        List<List<String>> rows =
                records.stream()
                        .map(
                                r ->
                                        List.of(
                                                String.valueOf(r.epoch()),
                                                Html.number("%.3g", r.lr()),
                                                Html.number("%.4f", r.trainLoss()),
                                                Html.number("%.2f", 100 * r.trainTop1()),
                                                Html.number("%.4f", r.valLoss()),
                                                Html.number("%.2f", 100 * r.valTop1()),
                                                Html.number("%.2f", 100 * r.valTop5()),
                                                Html.number("%,.0f", r.imagesPerSecond()),
                                                Html.number("%.1f", r.seconds())))
                        .toList();
        return Html.table(
                "tall",
                List.of(
                        "epoch",
                        "rate",
                        "training loss",
                        "top-1 %",
                        "validation loss",
                        "top-1 %",
                        "top-5 %",
                        "img/s",
                        "s"),
                rows);
    }
}
