package org.cnnzoo.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.cnnzoo.console.Interruption;
import org.cnnzoo.console.Terminal;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.errors.WorkFailed;
import org.cnnzoo.recipe.Home;
import org.cnnzoo.recipe.TrainingPlan;
import org.cnnzoo.run.AtomicFile;
import org.cnnzoo.run.CheckpointFile;
import org.cnnzoo.run.Provenance;
import org.cnnzoo.run.RunFiles;
import org.cnnzoo.session.Resumption;
import org.cnnzoo.session.StartingWeights;
import org.cnnzoo.spark.Master;
import org.cnnzoo.sweep.Definition;
import org.cnnzoo.sweep.Event;
import org.cnnzoo.sweep.Journal;
import org.cnnzoo.sweep.Results;
import org.cnnzoo.sweep.Sweep;
import org.cnnzoo.sweep.SweepFolder;
import org.cnnzoo.sweep.SweepState;
import org.cnnzoo.sweep.Trial;
import org.cnnzoo.sweep.TrialPlans;
import org.cnnzoo.sweep.TrialRunner;
import org.cnnzoo.sweep.Upcoming;
import org.cnnzoo.sweep.page.SweepPage;
import org.cnnzoo.train.StopSignal;
import org.cnnzoo.trial.Jobs;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cnn sweep}: many trainings that differ in their settings, and which of them is best. */
@Command(
        name = "sweep",
        sortOptions = false,
        customSynopsis = {
            "cnn sweep FILE [OPTION...]",
            "       cnn sweep [FILE] --resume FOLDER [OPTION...]"
        },
        description = "Many trainings that differ in their settings.",
        footer = {
            "",
            "docs/sweeps.md tells what a sweep's file says.",
            "",
            "Examples:",
            "  cnn sweep lenet5-quick --dry-run",
            "  cnn sweep my-sweep.yaml --jobs 2",
            "  cnn sweep my-sweep.yaml --master spark://host:7077",
            "  cnn sweep --resume runs/sweeps/lenet5-quick-20261124-091500 --trials 40"
        })
public final class SweepCommand implements Callable<Integer> {
    /** Trials that are tried before the first; each takes some milliseconds. */
    private static final int MOST_CHECKED = 200;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "FILE",
            description = "A name in configs/sweeps, or a YAML file.")
    private @Nullable String file;

    @Option(
            names = "--resume",
            paramLabel = "FOLDER",
            description = "Go on with a sweep; with FILE, with what that says now.")
    private @Nullable Path resume;

    @Option(
            names = "--trials",
            paramLabel = "N",
            description = "How many trials in all, in place of the file's number.")
    private @Nullable Integer trials;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = {
                "Trials at a time, each in a process of its own with its share of the cores",
                "(otherwise one after another, here, with shared images; with --master as many",
                "as there is room for)."
            })
    private @Nullable Integer jobs;

    @Option(
            names = "--master",
            paramLabel = "URL",
            description = {
                "Trials as tasks of a Spark cluster: spark://HOST:PORT, local[N] or",
                "local-cluster[WORKERS,CORES,MB]; docs/distributed.md."
            })
    private @Nullable String master;

    @Option(
            names = {"--output-dir", "--output"},
            paramLabel = "FOLDER",
            description = "The sweep's folder; otherwise a new one in runs/sweeps.")
    private @Nullable Path output;

    @Option(names = "--dry-run", description = "List the trials and the time they take, and stop.")
    private boolean dryRun;

    @Option(
            names = "--format",
            paramLabel = "table|json",
            description = "How the result is printed (default ${DEFAULT-VALUE}).")
    private Format format = Format.TABLE;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        check();
        Optional<Master> cluster = Optional.ofNullable(master).map(Master::parse);
        Path home = Home.path();
        SweepFiles files = new SweepFiles(Home.sweeps(), file, resume, trials);
        Definition sweep = files.sweep();
        TrialPlans plans = new TrialPlans(home, files.directory(), sweep);
        plans.check(StartingWeights::of);
        plans.check(
                Upcoming.of(sweep, plans, files.state(), files.first(), MOST_CHECKED),
                StartingWeights::of);
        if (resume != null) {
            requireSameNetworks(plans, files.state(), resume);
        }
        if (dryRun) {
            new SweepDryRun(sweep, plans, files.state(), files.first(), jobs == null ? 1 : jobs)
                    .print(format, out());
            return 0;
        }
        PrintWriter err = spec().commandLine().getErr();
        try (Jobs runners = Jobs.open(cluster, count(), sweep, err::println);
                SweepFolder folder = folder(sweep);
                Journal journal = Journal.open(SweepFolder.journal(folder.path()))) {
            List<Event> events = files.begin(folder.path(), journal);
            return run(sweep, plans, folder.path(), journal, events, runners);
        }
    }

    /** Of all trials, since those of another network could not be compared. */
    private static void requireSameNetworks(TrialPlans plans, SweepState state, Path folder) {
        for (Trial trial : state.trials()) {
            RunFiles run = new RunFiles(SweepFolder.run(folder, trial.id()));
            Optional<Provenance> before = provenance(run);
            Optional<TrainingPlan> plan = before.flatMap(b -> plan(plans, trial));
            if (plan.isPresent()) {
                Resumption.requireSameNetwork(plan.get(), run.folder(), before.orElseThrow());
            }
        }
    }

    /** Nothing for one that is over and whose model, say, is gone: nobody needs it any more. */
    private static Optional<TrainingPlan> plan(TrialPlans plans, Trial trial) {
        try {
            return Optional.of(plans.plan(trial.point(), List.of()));
        } catch (BadInput e) {
            if (trial.status().mayGoOn()) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /** Of its checkpoint; one that can't be read fails its trial, if that goes on, and no other. */
    private static Optional<Provenance> provenance(RunFiles run) {
        try {
            return Files.exists(run.last())
                    ? Optional.of(CheckpointFile.readHeader(run.last()).provenance())
                    : Optional.empty();
        } catch (WorkFailed e) {
            return Optional.empty();
        }
    }

    private OptionalInt count() {
        return jobs == null ? OptionalInt.empty() : OptionalInt.of(jobs);
    }

    private int run(
            Definition sweep,
            TrialPlans plans,
            Path folder,
            Journal journal,
            List<Event> events,
            Jobs runners) {
        PrintWriter err = spec().commandLine().getErr();
        err.println("%s: %s in %s".formatted(sweep.name(), sweep.method(), folder));
        SweepDisplay display = new SweepDisplay(err, Terminal.onStderr(), sweep);
        SweepState state;
        try (Interruption interruption = new Interruption(err);
                TrialRunner runner =
                        runners.runner(plans, folder, err::println, interruption.signal())) {
            StopSignal stop = interruption.signal();
            Sweep loop = new Sweep(sweep, folder, journal, events, plans, runner, display, stop);
            state = loop.run(runners.count());
            boolean interrupted = loop.wasInterrupted();
            boolean timeIsUp = loop.timeIsUp();
            Results.Stage stage =
                    interrupted || timeIsUp ? Results.Stage.STOPPED : Results.Stage.ENDED;
            Results results = new Results(sweep, state, folder, stage);
            write(results);
            print(results, display, err);
            runners.requireCluster();
            if (interrupted) {
                err.println("Interrupted; go on with: cnn sweep --resume " + folder);
                return Interruption.EXIT_CODE;
            }
            if (timeIsUp) {
                err.println("The time is up; more of it: cnn sweep FILE --resume " + folder);
            }
        }
        return state.trials().stream().anyMatch(t -> t.status() == Trial.Status.DONE)
                ? 0
                : ErrorHandling.FAILED;
    }

    private static void write(Results results) {
        Path folder = results.folder();
        AtomicFile.write(folder.resolve("sweep.csv"), results.csv());
        AtomicFile.write(folder.resolve("sweep.json"), Json.text(results.facts()) + "\n");
        AtomicFile.write(folder.resolve("sweep.html"), SweepPage.html(results));
    }

    private void print(Results results, SweepDisplay display, PrintWriter err) {
        if (format == Format.JSON) {
            Json.print(results.facts(), out());
        }
        err.println();
        display.table(results, Integer.MAX_VALUE).print(err);
        results.state()
                .best(results.sweep().objective())
                .ifPresent(
                        best ->
                                err.println(
                                        "best: trial %d; again with: cnn train --recipe %s"
                                                .formatted(
                                                        best.id(),
                                                        SweepFolder.run(results.folder(), best.id())
                                                                .resolve("config.yaml"))));
        err.println(results.folder().resolve("sweep.html"));
        err.flush();
    }

    private SweepFolder folder(Definition sweep) {
        if (resume != null) {
            return SweepFolder.open(resume);
        }
        return output == null
                ? SweepFolder.create(
                        Path.of("runs", "sweeps"),
                        sweep.name(),
                        LocalDateTime.now(ZoneId.systemDefault()))
                : SweepFolder.createAt(output);
    }

    private void check() {
        if (file == null && resume == null) {
            throw new BadInput("FILE is missing, such as lenet5-quick; or --resume FOLDER");
        }
        if (resume != null && output != null) {
            throw new BadInput(
                    "--resume goes on in the sweep's own folder; leave --output-dir out");
        }
        if (jobs != null && jobs < 1) {
            throw new BadInput("--jobs must be 1 or more, not " + jobs);
        }
        if (master != null && dryRun) {
            throw new BadInput("--master has no effect with --dry-run, which trains nothing");
        }
        if (output != null && dryRun) {
            throw new BadInput("--output-dir has no effect with --dry-run, which writes nothing");
        }
        if (trials != null && trials < 1) {
            throw new BadInput("--trials must be 1 or more, not " + trials);
        }
    }

    private PrintWriter out() {
        return spec().commandLine().getOut();
    }

    private CommandSpec spec() {
        return Objects.requireNonNull(spec);
    }
}
