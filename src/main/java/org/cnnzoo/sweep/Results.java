package org.cnnzoo.sweep;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cnnzoo.report.Csv;

/**
 * A sweep as scripts see it: {@code {sweep, trials: [{id, parameters, status, metrics, run}],
 * best}}, and the same as CSV.
 *
 * @param folder the sweep's
 * @param stage where the sweep itself is
 */
public record Results(Definition sweep, SweepState state, Path folder, Stage stage) {

    /** Where a sweep is. */
    public enum Stage {
        /** Trials are under way. */
        RUNNING,
        /** It was stopped, and there is more to do. */
        STOPPED,
        /** Nothing is left to do. */
        ENDED
    }

    /** For JSON; {@code best} is the best trial, or null. */
    public Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("sweep", sweep.name());
        facts.put("folder", folder.toString());
        facts.put("metric", sweep.objective().metric());
        facts.put("goal", sweep.objective().maximize() ? "maximize" : "minimize");
        facts.put("trials", state.trials().stream().map(this::facts).toList());
        facts.put("best", state.best(sweep.objective()).map(this::facts).orElse(null));
        return facts;
    }

    /** One row a trial; a column for each parameter and metric. */
    public String csv() {
        Set<String> parameters = new LinkedHashSet<>();
        Set<String> metrics = new LinkedHashSet<>();
        for (Trial trial : state.trials()) {
            parameters.addAll(trial.point().values().keySet());
            metrics.addAll(trial.metrics().keySet());
        }
        List<String> heading = new ArrayList<>(List.of("id", "status"));
        heading.addAll(parameters);
        heading.addAll(metrics);
        heading.addAll(List.of("run", "error"));
        Stream<List<String>> rows =
                state.trials().stream().map(trial -> row(trial, parameters, metrics));
        return Stream.concat(Stream.of(heading), rows)
                .map(Csv::line)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /**
     * A trial's status. One that was stopped early and won't go on is {@code pruned}; one that was
     * stopped with the sweep is {@code stopped}.
     */
    public String status(Trial trial) {
        if (stage == Stage.ENDED && trial.status() == Trial.Status.PAUSED) {
            return "pruned";
        }
        return stage != Stage.RUNNING && trial.status() == Trial.Status.RUNNING
                ? "stopped"
                : trial.status().label();
    }

    private Map<String, Object> facts(Trial trial) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("id", trial.id());
        facts.put("parameters", trial.point().values());
        facts.put("status", status(trial));
        facts.put("metrics", plain(trial.metrics()));
        facts.put("run", SweepFolder.run(folder, trial.id()).toString());
        if (!trial.error().isEmpty()) {
            facts.put("error", trial.error());
        }
        return facts;
    }

    /** Whole numbers, such as epochs and MACs, without a decimal point. */
    private static Map<String, Object> plain(Map<String, Double> metrics) {
        Map<String, Object> plain = new LinkedHashMap<>();
        metrics.forEach((name, x) -> plain.put(name, isCount(name) ? (Object) x.longValue() : x));
        return plain;
    }

    private static boolean isCount(String name) {
        return List.of("epoch", "epochs", "parameters", "macs").contains(name);
    }

    private List<String> row(Trial trial, Set<String> parameters, Set<String> metrics) {
        List<String> row = new ArrayList<>(List.of(Integer.toString(trial.id()), status(trial)));
        for (String path : parameters) {
            Object value = trial.point().values().get(path);
            row.add(value == null ? "" : Point.text(value));
        }
        Map<String, Object> plain = plain(trial.metrics());
        for (String name : metrics) {
            row.add(plain.containsKey(name) ? String.valueOf(plain.get(name)) : "");
        }
        row.add(SweepFolder.run(folder, trial.id()).toString());
        row.add(trial.error());
        return row;
    }
}
