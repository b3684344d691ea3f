package org.cnnzoo.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.cnnzoo.console.Table;
import org.cnnzoo.console.Terminal;
import org.cnnzoo.run.EpochRecord;
import org.cnnzoo.sweep.Definition;
import org.cnnzoo.sweep.Job;
import org.cnnzoo.sweep.Objective;
import org.cnnzoo.sweep.Point;
import org.cnnzoo.sweep.Results;
import org.cnnzoo.sweep.SweepListener;
import org.cnnzoo.sweep.SweepState;
import org.cnnzoo.sweep.Trial;

/**
 * A sweep as a person watches it: on a terminal a table with the best trial on top, drawn anew with
 * each epoch; elsewhere a line for each thing that happens.
 */
final class SweepDisplay implements SweepListener {
    private static final int MOST_ROWS = 15;

    private final PrintWriter err;
    private final boolean moving;
    private final Definition sweep;
    private final Map<Integer, EpochRecord> latest = new HashMap<>();
    private int drawn;

    /**
     * @param moving whether to draw a table rather than lines
     */
    SweepDisplay(PrintWriter err, boolean moving, Definition sweep) {
        this.err = err;
        this.moving = moving;
        this.sweep = sweep;
    }

    @Override
    public void started(SweepState state, Job job) {
        Trial trial = state.find(job.id()).orElseThrow();
        String goes = trial.epochs() == 0 ? "starts" : "goes on to epoch " + job.toEpoch();
        show(state, "trial %d %s: %s".formatted(job.id(), goes, job.point().shown()));
    }

    @Override
    public void epochDone(SweepState state, Job job, EpochRecord epoch) {
        latest.put(job.id(), epoch);
        show(
                state,
                "trial %d epoch %d/%d  %s %s  %s"
                        .formatted(
                                job.id(),
                                epoch.epoch(),
                                job.toEpoch(),
                                sweep.objective().metric(),
                                figure(sweep.objective(), sweep.objective().of(epoch)),
                                String.format(Locale.ROOT, "%.1f s", epoch.seconds())));
    }

    @Override
    public void ended(SweepState state, Job job) {
        Trial trial = state.find(job.id()).orElseThrow();
        boolean best = state.best(sweep.objective()).filter(trial::equals).isPresent();
        boolean stopped = trial.status() == Trial.Status.RUNNING;
        String what =
                trial.status() == Trial.Status.FAILED
                        ? "failed: " + trial.error().lines().findFirst().orElse("")
                        : (stopped ? "stopped" : trial.status().label())
                                + trial.value().stream()
                                        .mapToObj(v -> "  " + figure(sweep.objective(), v))
                                        .findFirst()
                                        .orElse("");
        show(state, "trial %d %s%s".formatted(job.id(), what, best ? "  best" : ""));
    }

    private void show(SweepState state, String line) {
        if (!moving) {
            err.println(line);
        } else {
            StringWriter text = new StringWriter();
            table(new Results(sweep, state, Path.of(""), Results.Stage.RUNNING), MOST_ROWS)
                    .print(new PrintWriter(text, true));
            List<String> lines = new ArrayList<>(text.toString().lines().toList());
            lines.add(line);
            // Back to the table's first line, and everything below it away
            err.print((drawn > 0 ? "\033[" + drawn + "A" : "") + "\033[J");
            int width = Terminal.width();
            lines.forEach(l -> err.println(l.length() > width ? l.substring(0, width) : l));
            drawn = lines.size();
        }
        err.flush();
    }

    /** The best trials first. */
    Table table(Results results, int rows) {
        Objective objective = sweep.objective();
        List<String> paths = sweep.space().parameters().stream().map(p -> p.path()).toList();
        List<String> headings = new ArrayList<>(List.of("TRIAL", "STATUS", "EPOCH"));
        headings.add(objective.metric().toUpperCase(Locale.ROOT));
        paths.forEach(path -> headings.add(Point.name(path)));
        Table table = new Table(headings.toArray(String[]::new));
        for (Trial trial : results.state().ranked(objective).stream().limit(rows).toList()) {
            List<Object> row = new ArrayList<>();
            row.add(trial.id());
            row.add(results.status(trial));
            EpochRecord epoch = latest.get(trial.id());
            boolean running = trial.status() == Trial.Status.RUNNING && epoch != null;
            row.add(running ? epoch.epoch() : trial.epochs());
            row.add(
                    running
                            ? figure(objective, objective.of(epoch))
                            : trial.value().stream()
                                    .mapToObj(v -> figure(objective, v))
                                    .findFirst()
                                    .orElse(""));
            for (String path : paths) {
                Object value = trial.point().values().get(path);
                row.add(value == null ? "" : Point.text(value));
            }
            table.row(row.toArray());
        }
        return table;
    }

    /** Shares as percentages. */
    static String figure(Objective objective, double value) {
        return objective.metric().contains("top")
                ? String.format(Locale.ROOT, "%.2f %%", 100 * value)
                : String.format(Locale.ROOT, "%.4g", value);
    }
}
