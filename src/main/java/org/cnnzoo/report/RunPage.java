package org.cnnzoo.report;

import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.cnnzoo.run.EpochRecord;

/** One run as a self-contained HTML page: figures, curves, epochs, configuration. */
public final class RunPage {
    private static final String STYLE =
            """
            :root { color-scheme: light dark; }
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto;
                   padding: 0 1rem; }
            img { max-width: 100%; height: auto; background: #fff; }
            table { border-collapse: collapse; display: block; overflow-x: auto; }
            th, td { padding: .15rem .8rem .15rem 0; text-align: right; white-space: nowrap; }
            td:first-child, th:first-child { text-align: left; }
            th { border-bottom: 1px solid; }
            pre { overflow-x: auto; font-size: .85rem; }
            """;

    private RunPage() {}

    /**
     * The page. Nothing in it is loaded from anywhere.
     *
     * @param name the run's
     * @param facts what is told first, by label
     * @param records one epoch or more, in order
     * @param curves a PNG
     * @param config the run's config.yaml
     */
    public static String html(
            String name,
            Map<String, String> facts,
            List<EpochRecord> records,
            byte[] curves,
            String config) {
        String title = escaped(name);
        return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                + "<title>"
                + title
                + "</title>\n<style>\n"
                + STYLE
                + "</style>\n</head>\n<body>\n"
                + "<h1>"
                + title
                + "</h1>\n"
                + facts(facts)
                + "<h2>Curves</h2>\n<img alt=\"Accuracy and loss over the epochs\""
                + " src=\"data:image/png;base64,"
                + Base64.getEncoder().encodeToString(curves)
                + "\">\n"
                + epochs(records)
                + "<h2>Configuration</h2>\n<pre>"
                + escaped(config)
                + "</pre>\n</body>\n</html>\n";
    }

    private static String facts(Map<String, String> facts) {
        return facts.entrySet().stream()
                .map(
                        fact ->
                                "<tr><td>%s</td><td>%s</td></tr>\n"
                                        .formatted(
                                                escaped(fact.getKey()), escaped(fact.getValue())))
                .collect(Collectors.joining("", "<table>\n", "</table>\n"));
    }

    private static String epochs(List<EpochRecord> records) {
        String heading =
                "<h2>Epochs</h2>\n<table>\n<tr><th>epoch</th><th>rate</th><th>training loss</th>"
                        + "<th>top-1 %</th><th>validation loss</th><th>top-1 %</th><th>top-5 %</th>"
                        + "<th>img/s</th></tr>\n";
        return records.stream()
                .map(
                        r ->
                                String.format(
                                        Locale.ROOT,
                                        "<tr><td>%d</td><td>%.3g</td><td>%.4f</td><td>%.2f</td>"
                                                + "<td>%.4f</td><td>%.2f</td><td>%.2f</td>"
                                                + "<td>%,.0f</td></tr>\n",
                                        r.epoch(),
                                        r.lr(),
                                        r.trainLoss(),
                                        100 * r.trainTop1(),
                                        r.valLoss(),
                                        100 * r.valTop1(),
                                        100 * r.valTop5(),
                                        r.imagesPerSecond()))
                .collect(Collectors.joining("", heading, "</table>\n"));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
