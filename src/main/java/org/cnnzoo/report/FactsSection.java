package org.cnnzoo.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a run was: its network and data, the machine, the time it took. */
final class FactsSection {
    private static final int MINUTE = 60;
    private static final int HOUR = 3600;

    private FactsSection() {}

    static String of(RunFacts run) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("model", run.model());
        facts.put("data", run.data());
        facts.put("end", run.word("end").orElse("not reached yet"));
        run.word("finished").ifPresent(time -> facts.put("finished", time));
        run.figure("best_epoch")
                .ifPresent(epoch -> facts.put("best epoch", Html.number("%.0f", epoch)));
        run.word("seed").ifPresent(seed -> facts.put("seed", seed));
        if (!run.records().isEmpty()) {
            facts.put("time of all epochs", time(run.seconds()));
            facts.put("an epoch", time(run.seconds() / run.records().size()));
            facts.put("training speed", Html.number("%,.0f img/s", run.speed()));
        }
        run.word("data_hash").ifPresent(hash -> facts.put("data, SHA-256", hash));
        Map<String, String> machine = new LinkedHashMap<>();
        addAll(machine, run.result().path("hardware"));
        addAll(machine, run.result().path("versions"));
        StringBuilder remarks = new StringBuilder();
        run.config().remarks().stream()
                .filter(remark -> !remark.contains("THIS_FILE"))
                .forEach(remark -> remarks.append(Html.paragraph(remark)).append('\n'));
        return remarks
                + "<div class=\"facts\">\n"
                + table(facts)
                + (machine.isEmpty() ? "" : "\n" + table(machine))
                + "\n</div>";
    }

    private static void addAll(Map<String, String> facts, JsonNode object) {
        object.fields()
                .forEachRemaining(field -> facts.put(field.getKey(), field.getValue().asText()));
    }

    private static String table(Map<String, String> facts) {
        List<List<String>> rows = new ArrayList<>();
        facts.forEach((label, value) -> rows.add(List.of(Html.text(label), Html.text(value))));
        return Html.table("words", List.of(), rows);
    }

    /** {@code 1 h 02 min}, {@code 3 min 20 s} or {@code 6.1 s}. */
    static String time(double seconds) {
        long whole = Math.round(seconds);
        if (whole >= HOUR) {
            return Html.number("%,d h %02d min", whole / HOUR, whole % HOUR / MINUTE);
        }
        return whole >= MINUTE
                ? Html.number("%d min %02d s", whole / MINUTE, whole % MINUTE)
                : Html.number("%.1f s", seconds);
    }
}
