package org.cnnzoo.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.cnnzoo.run.EpochRecord;

/** The curves of a run, or of several laid over one another. */
final class CurvesSection {
    private static final String TRAINING = "training";
    private static final String VALIDATION = "validation";

    private CurvesSection() {}

    /** A run's: loss, top-1, top-5, learning rate, speed. */
    static String of(List<EpochRecord> records) {
        return charts(
                List.of(
                        new LineChart(
                                "Loss",
                                "cross-entropy",
                                List.of(
                                        line(TRAINING, records, EpochRecord::trainLoss),
                                        line(VALIDATION, records, EpochRecord::valLoss))),
                        new LineChart(
                                "Top-1",
                                "right first answers, %",
                                List.of(
                                        line(TRAINING, records, r -> 100 * r.trainTop1()),
                                        line(VALIDATION, records, r -> 100 * r.valTop1()))),
                        new LineChart(
                                "Validation top-5",
                                "right among five, %",
                                List.of(line(VALIDATION, records, r -> 100 * r.valTop5()))),
                        new LineChart(
                                "Learning rate",
                                "at the epoch's end",
                                List.of(line("learning rate", records, EpochRecord::lr))),
                        new LineChart(
                                "Speed",
                                "training, img/s",
                                List.of(line("speed", records, EpochRecord::imagesPerSecond)))));
    }

    /** Several runs', a line for each. */
    static String of(List<RunFacts> runs, List<String> names) {
        List<LineChart> charts = new ArrayList<>();
        charts.add(chart("Validation top-1", "%", runs, names, r -> 100 * r.valTop1()));
        charts.add(chart("Validation loss", "cross-entropy", runs, names, EpochRecord::valLoss));
        charts.add(chart("Training top-1", "%", runs, names, r -> 100 * r.trainTop1()));
        charts.add(chart("Training loss", "cross-entropy", runs, names, EpochRecord::trainLoss));
        charts.add(chart("Validation top-5", "%", runs, names, r -> 100 * r.valTop5()));
        charts.add(chart("Learning rate", "at the epoch's end", runs, names, EpochRecord::lr));
        charts.add(chart("Speed", "img/s", runs, names, EpochRecord::imagesPerSecond));
        return charts(charts);
    }

    private static LineChart chart(
            String title,
            String quantity,
            List<RunFacts> runs,
            List<String> names,
            ToDoubleFunction<EpochRecord> value) {
        List<LineChart.Series> lines = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            lines.add(line(names.get(i), runs.get(i).records(), value));
        }
        return new LineChart(title, quantity, lines);
    }

    private static LineChart.Series line(
            String name, List<EpochRecord> records, ToDoubleFunction<EpochRecord> value) {
        return new LineChart.Series(
                name,
                records.stream()
                        .map(r -> new LineChart.Point(r.epoch(), value.applyAsDouble(r)))
                        .toList());
    }

    private static String charts(List<LineChart> charts) {
        String all =
                charts.stream()
                        .map(LineChart::html)
                        .filter(html -> !html.isEmpty())
                        .collect(Collectors.joining("\n"));
        return all.isEmpty()
                ? Html.paragraph("No epoch is done yet.")
                : "<div class=\"charts\">\n" + all + "\n</div>";
    }
}
