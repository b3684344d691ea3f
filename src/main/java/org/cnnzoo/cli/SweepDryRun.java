package org.cnnzoo.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cnnzoo.bench.Benchmark;
import org.cnnzoo.bench.Mode;
import org.cnnzoo.bench.Sampling;
import org.cnnzoo.console.Table;
import org.cnnzoo.data.Split;
import org.cnnzoo.recipe.Configuration;
import org.cnnzoo.recipe.Settings;
import org.cnnzoo.recipe.TrainingPlan;
import org.cnnzoo.sweep.Definition;
import org.cnnzoo.sweep.Point;
import org.cnnzoo.sweep.SweepState;
import org.cnnzoo.sweep.Trial;
import org.cnnzoo.sweep.TrialPlans;
import org.cnnzoo.sweep.Upcoming;

/**
 * What {@code cnn sweep --dry-run} prints: the trials, and about how long they would take. The time
 * is that of a few training steps of the first trial's network, measured now, in proportion to the
 * others' multiply-adds; reading data and augmenting are not in it.
 */
final class SweepDryRun {
    private static final Sampling FEW = new Sampling(2, 5, 1);

    /** A forward pass is a third of a training step. */
    private static final double VALIDATION = 1 / 3.0;

    private final Definition sweep;
    private final TrialPlans plans;
    private final SweepState state;
    private final int first;
    private final int jobs;

    /**
     * @param state of a sweep that goes on, or an empty one
     * @param first the number of the first trial that this definition proposes
     */
    SweepDryRun(Definition sweep, TrialPlans plans, SweepState state, int first, int jobs) {
        this.sweep = sweep;
        this.plans = plans;
        this.state = state;
        this.first = first;
        this.jobs = jobs;
    }

    /** The trials that go on or can be known before the first one, and what is left of them. */
    private record Row(int id, Point point, double macs, int epochs) {}

    void print(Format format, PrintWriter out) {
        List<Row> rows = rows();
        double perMac =
                rows.isEmpty() ? 0 : secondsPerMac(plans.plan(rows.get(0).point(), List.of()));
        double known = rows.stream().mapToDouble(r -> r.macs() * perMac).sum();
        int left =
                sweep.strategy().learns() && !sweep.isOpen()
                        ? Math.max(
                                0, sweep.trials(first - 1) - state.trials().size() - proposed(rows))
                        : 0;
        double all = rows.isEmpty() ? 0 : known + left * known / rows.size();
        double most = sweep.budget().seconds().orElse(Double.POSITIVE_INFINITY) - state.elapsed();
        double estimate = Math.min(all * share(rows) / jobs, Math.max(0, most));
        if (format == Format.JSON) {
            Json.print(facts(rows, left, perMac, estimate), out);
        } else {
            Table table = new Table("TRIAL", "EPOCHS", "SECONDS", "PARAMETERS");
            rows.forEach(
                    r ->
                            table.row(
                                    r.id(),
                                    r.epochs(),
                                    String.format(Locale.ROOT, "%.0f", r.macs() * perMac),
                                    r.point().shown()));
            table.print(out);
            out.println();
            if (left > 0) {
                out.println(left + " more, which depend on what these come to");
            }
            if (sweep.isOpen()) {
                out.println("and so on, until the budget is spent");
            }
            out.println(
                    "%s, %d trials, %s"
                            .formatted(
                                    sweep.method(),
                                    rows.size() + left,
                                    rows.isEmpty() && left > 0
                                            ? "as long as those before"
                                            : "about %s with %d at a time"
                                                    .formatted(time(estimate), jobs)));
            out.println("Nothing was trained or written.");
        }
        out.flush();
    }

    private int proposed(List<Row> rows) {
        return (int) rows.stream().filter(row -> row.id() >= state.nextId()).count();
    }

    private List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        int spent = state.epochs();
        for (Trial trial : state.trials()) {
            if (sweep.pruning().isEmpty() && trial.status().mayGoOn()) {
                TrainingPlan plan = plans.plan(trial.point(), List.of());
                int left = plan.settings().epochs() - trial.spent();
                if (trial.status() == Trial.Status.PAUSED) {
                    if (!sweep.budget().allows(spent, left)) {
                        continue;
                    }
                    spent += left;
                }
                rows.add(new Row(trial.id(), trial.point(), macs(plan) * left, left));
            }
        }
        for (Upcoming.Proposal trial : Upcoming.of(sweep, plans, state, first, Integer.MAX_VALUE)) {
            TrainingPlan plan = plans.plan(trial.point(), List.of());
            int epochs = plan.settings().epochs();
            if (sweep.pruning().isEmpty() && !sweep.budget().allows(spent, epochs)) {
                break;
            }
            spent += epochs;
            rows.add(new Row(trial.id(), trial.point(), macs(plan) * epochs, epochs));
        }
        return rows;
    }

    /** Multiply-adds of an epoch: its images', those that are validated with a third. */
    private static double macs(TrainingPlan plan) {
        Configuration configuration = plan.configuration();
        double train = images(plan, Split.TRAIN, configuration.count(Settings.LIMIT_TRAIN_BATCHES));
        double val = images(plan, Split.VAL, configuration.count(Settings.LIMIT_VAL_BATCHES));
        return plan.network().macs() * (train + val * VALIDATION);
    }

    private static double images(TrainingPlan plan, Split split, int limit) {
        long all = plan.data().split(split).size();
        long batch = plan.configuration().get(Settings.BATCH_SIZE);
        return limit > 0 ? Math.min(all, limit * batch) : all;
    }

    private static double secondsPerMac(TrainingPlan plan) {
        int batch = plan.configuration().count(Settings.BATCH_SIZE);
        double milliseconds =
                new Benchmark(plan.network(), plan.backend(), batch, false)
                        .run(Mode.TRAIN, FEW)
                        .times()
                        .medianMillis();
        return milliseconds / 1000 / batch / plan.network().macs();
    }

    /** The share of the epochs that pruning leaves: each rung's best {@code 1/eta} go on. */
    private double share(List<Row> rows) {
        if (sweep.pruning().isEmpty() || rows.isEmpty()) {
            return 1;
        }
        int all = rows.get(0).epochs();
        double left = 1;
        double epochs = 0;
        int before = 0;
        List<Integer> stops = new ArrayList<>(sweep.pruning().get().rungs(all));
        stops.add(all);
        for (int stop : stops) {
            epochs += left * (stop - before);
            left /= sweep.pruning().get().eta();
            before = stop;
        }
        return epochs / all;
    }

    private Map<String, Object> facts(List<Row> rows, int left, double perMac, double estimate) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("sweep", sweep.name());
        facts.put(
                "trials",
                rows.stream()
                        .map(
                                r -> {
                                    Map<String, Object> row = new LinkedHashMap<>();
                                    row.put("id", r.id());
                                    row.put("parameters", r.point().values());
                                    row.put("epochs", r.epochs());
                                    row.put("seconds", r.macs() * perMac);
                                    return row;
                                })
                        .toList());
        facts.put("trials_that_depend_on_results", left);
        facts.put("estimated_seconds", estimate);
        return facts;
    }

    private static String time(double seconds) {
        if (seconds < 90) {
            return Math.round(seconds) + " s";
        }
        return seconds < 5400
                ? Math.round(seconds / 60) + " min"
                : String.format(Locale.ROOT, "%.1f h", seconds / 3600);
    }
}
