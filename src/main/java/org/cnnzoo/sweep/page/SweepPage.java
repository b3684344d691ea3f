package org.cnnzoo.sweep.page;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.cnnzoo.errors.WorkFailed;
import org.cnnzoo.report.Html;
import org.cnnzoo.run.EpochRecord;
import org.cnnzoo.run.MetricsFile;
import org.cnnzoo.run.RunFiles;
import org.cnnzoo.sweep.Importance;
import org.cnnzoo.sweep.Objective;
import org.cnnzoo.sweep.Parameter;
import org.cnnzoo.sweep.Point;
import org.cnnzoo.sweep.Results;
import org.cnnzoo.sweep.SweepFolder;
import org.cnnzoo.sweep.Trial;
import org.cnnzoo.sweep.page.Plots.Curve;
import org.cnnzoo.sweep.page.Plots.Mark;

/** A sweep as one self-contained HTML page. */
public final class SweepPage {
    private static final String STYLE =
            """
            :root { color-scheme: light dark; --fg: #222; --bg: #fff; --faint: #ddd;
                    --good: #0b6fb8; --bad: #d9a066; --front: #c0392b; }
            @media (prefers-color-scheme: dark) {
              :root { --fg: #ddd; --bg: #16181c; --faint: #3a3d42; --good: #5bb8ff; --bad: #8a6a45;
                      --front: #ff7b6b; } }
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 1.5rem auto;
                   padding: 0 1rem; color: var(--fg); background: var(--bg); }
            .wide { overflow-x: auto; }
            .grid { display: grid; gap: 1rem;
                    grid-template-columns: repeat(auto-fill, minmax(min(100%, 20rem), 1fr)); }
            svg { width: 100%; height: auto; font: 12px system-ui, sans-serif; fill: var(--fg); }
            text { paint-order: stroke; stroke: var(--bg); stroke-width: 3px; }
            .few { max-width: 30rem; }
            .axis { stroke: var(--fg); } line.grid { stroke: var(--faint); }
            .curve, .front { fill: none; stroke-width: 1.6;
              stroke: color-mix(in oklab, var(--good) calc(var(--q) * 100%), var(--bad)); }
            .curve:hover { stroke-width: 4; }
            .front { stroke: var(--front); stroke-width: 2; }
            .dot { stroke-width: 1.6;
              fill: color-mix(in oklab, var(--good) calc(var(--q) * 100%), var(--bad));
              stroke: color-mix(in oklab, var(--good) calc(var(--q) * 100%), var(--bad)); }
            .hollow { fill: var(--bg); }
            .bar { fill: var(--good); }
            table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
            th, td { padding: .15rem .8rem .15rem 0; text-align: right; white-space: nowrap; }
            th { border-bottom: 1px solid; }
            pre { overflow-x: auto; font-size: .85rem; }
            """;

    private final Results results;
    private final Objective objective;
    private final List<Trial> trials;
    private final Map<Integer, Double> hues = new HashMap<>();
    private final Axis metric;

    private SweepPage(Results results) {
        this.results = results;
        this.objective = results.sweep().objective();
        this.trials =
                results.state().ranked(objective).stream()
                        .filter(t -> t.value().stream().anyMatch(Double::isFinite))
                        .toList();
        for (int i = 0; i < trials.size(); i++) {
            hues.put(trials.get(i).id(), trials.size() < 2 ? 1 : 1 - i / (trials.size() - 1.0));
        }
        this.metric =
                Axis.of(objective.metric(), trials.stream().map(SweepPage::value).toList(), false);
    }

    /** The page. Nothing in it is loaded from anywhere. */
    public static String html(Results results) {
        return new SweepPage(results).html();
    }

    private String html() {
        String title = Html.text(results.sweep().name());
        return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                + "<title>%s</title>\n<style>\n%s</style>\n</head>\n<body>\n<h1>%s</h1>\n"
                        .formatted(title, STYLE, title)
                + intro()
                + (trials.isEmpty() ? "" : drawings())
                + "<h2>Trials</h2>\n"
                + table()
                + "<h2>The sweep's file</h2>\n<pre>"
                + Html.text(results.sweep().text())
                + "</pre>\n</body>\n</html>\n";
    }

    private String intro() {
        String best =
                results.state()
                        .best(objective)
                        .map(
                                t ->
                                        "best %s, trial %d: %s"
                                                .formatted(
                                                        Axis.number(value(t)),
                                                        t.id(),
                                                        t.point().shown()))
                        .orElse("no trial has a value");
        return "<p>%s; %s; %d trials, %.0f s. %s</p>\n"
                .formatted(
                        Html.text(results.sweep().method()),
                        Html.text(objective.toString()),
                        results.state().trials().size(),
                        results.state().elapsed(),
                        Html.text(best));
    }

    private String drawings() {
        StringBuilder text = new StringBuilder();
        text.append("<p>Bluer is better; a hollow dot is a trial that was stopped early.</p>\n");
        text.append("<h2>All parameters</h2>\n<div class=\"wide\">").append(parallel());
        text.append("</div>\n<h2>Importance</h2>\n").append(importance());
        text.append("<h2>" + Html.text(objective.metric()) + " against each parameter</h2>\n");
        text.append("<div class=\"grid\">\n");
        for (Parameter parameter : results.sweep().space().parameters()) {
            List<Mark> marks =
                    trials.stream()
                            .filter(t -> t.point().values().containsKey(parameter.path()))
                            .map(t -> mark(t.point().values().get(parameter.path()), t))
                            .toList();
            text.append(Plots.scatter(Axis.of(parameter), metric, marks));
        }
        text.append("</div>\n<h2>Epochs</h2>\n<div class=\"grid\">\n").append(curves());
        text.append("</div>\n<h2>Against cost</h2>\n<div class=\"grid\">\n");
        text.append(front("macs", "multiply-adds an image"));
        text.append(front("seconds", "seconds of training"));
        return text.append("</div>\n").toString();
    }

    private String parallel() {
        List<Axis> axes = new ArrayList<>();
        results.sweep().space().parameters().forEach(p -> axes.add(Axis.of(p)));
        axes.add(metric);
        List<Curve> lines = new ArrayList<>();
        for (Trial trial : worstFirst()) {
            List<Mark> marks = new ArrayList<>();
            for (Parameter p : results.sweep().space().parameters()) {
                marks.add(mark(trial.point().values().getOrDefault(p.path(), ""), trial));
            }
            marks.add(mark(value(trial), trial));
            lines.add(new Curve(marks, hues.getOrDefault(trial.id(), 0.0), tip(trial)));
        }
        return Plots.parallel(axes, lines);
    }

    private String importance() {
        Map<String, Double> shares = new LinkedHashMap<>();
        Importance.of(results.sweep().space(), trials).entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .forEach(e -> shares.put(Point.name(e.getKey()), e.getValue()));
        return "<p>The share of the trials' differences that a parameter explains by itself:"
                + " epsilon squared, the correlation ratio corrected for chance; ranges in slices"
                + " of equal count. What parameters do only together is not in it.</p>\n"
                + (shares.isEmpty()
                        ? "<p>Too few trials to say.</p>\n"
                        : "<div class=\"few\">" + Plots.bars(shares) + "</div>\n");
    }

    private String curves() {
        List<Curve> curves = new ArrayList<>();
        List<Double> figures = new ArrayList<>();
        List<Double> epochs = new ArrayList<>(List.of(1.0));
        for (Trial trial : worstFirst()) {
            List<Mark> marks = new ArrayList<>();
            for (EpochRecord record : records(trial)) {
                if (Double.isFinite(objective.of(record))) {
                    marks.add(mark((double) record.epoch(), objective.of(record), trial));
                    figures.add(objective.of(record));
                    epochs.add((double) record.epoch());
                }
            }
            curves.add(new Curve(marks, hues.getOrDefault(trial.id(), 0.0), tip(trial)));
        }
        return Plots.curves(
                Axis.ofEpochs(epochs), Axis.of(objective.metric(), figures, false), curves);
    }

    private String front(String cost, String title) {
        List<Trial> known = trials.stream().filter(t -> t.metrics().containsKey(cost)).toList();
        List<Double> costs = known.stream().map(t -> t.metrics().get(cost)).toList();
        List<Mark> marks = known.stream().map(t -> mark(t.metrics().get(cost), t)).toList();
        return Plots.front(Axis.of(title, costs, true), metric, marks, objective.maximize());
    }

    /** So that the best is drawn over the others. */
    private List<Trial> worstFirst() {
        List<Trial> reversed = new ArrayList<>(trials);
        Collections.reverse(reversed);
        return reversed;
    }

    private List<EpochRecord> records(Trial trial) {
        RunFiles run = new RunFiles(SweepFolder.run(results.folder(), trial.id()));
        try {
            return MetricsFile.read(run.metrics());
        } catch (WorkFailed e) { // somebody took the run away; the others are still to be drawn
            return List.of();
        }
    }

    private Mark mark(Object x, Trial trial) {
        return mark(x, value(trial), trial);
    }

    private Mark mark(Object x, double y, Trial trial) {
        boolean whole = trial.status() == Trial.Status.DONE;
        return new Mark(x, y, hues.getOrDefault(trial.id(), 0.0), whole, tip(trial));
    }

    private String tip(Trial trial) {
        return "trial %d: %s %s, %s"
                .formatted(
                        trial.id(),
                        objective.metric(),
                        Axis.number(value(trial)),
                        trial.point().shown());
    }

    private static double value(Trial trial) {
        return trial.value().orElseThrow();
    }

    private String table() {
        List<String> paths =
                results.sweep().space().parameters().stream().map(Parameter::path).toList();
        String heading =
                paths.stream()
                        .map(p -> "<th>" + Html.text(Point.name(p)) + "</th>")
                        .collect(Collectors.joining());
        StringBuilder rows = new StringBuilder();
        for (Trial t : results.state().ranked(objective)) {
            rows.append("<tr><td>%d</td><td>%s</td>".formatted(t.id(), results.status(t)));
            rows.append("<td>%d</td><td>%s</td>".formatted(t.epochs(), shown(t)));
            paths.forEach(
                    p -> {
                        Object v = t.point().values().get(p);
                        String cell = v == null ? "" : Html.text(Point.text(v));
                        rows.append("<td>").append(cell).append("</td>");
                    });
            rows.append("<td>").append(Html.text(t.error())).append("</td></tr>\n");
        }
        return "<div class=\"wide\"><table>\n<tr><th>trial</th><th>status</th><th>epochs</th><th>"
                + Html.text(objective.metric())
                + "</th>"
                + heading
                + "<th></th></tr>\n"
                + rows
                + "</table></div>\n";
    }

    private static String shown(Trial trial) {
        return trial.value().isPresent() ? String.format(Locale.ROOT, "%.4f", value(trial)) : "";
    }
}
