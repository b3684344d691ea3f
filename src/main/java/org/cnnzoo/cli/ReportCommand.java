package org.cnnzoo.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.cnnzoo.data.Split;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.errors.Labelled;
import org.cnnzoo.report.ComparePage;
import org.cnnzoo.report.RunFacts;
import org.cnnzoo.run.RunFiles;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cnn report}: one page of a run, or of several side by side. */
@Command(
        name = "report",
        sortOptions = false,
        description = {
            "One self-contained HTML page of a run: curves, confusion matrix, classes, mistakes,",
            "calibration, configuration; of several runs, a comparison. Prints the page's path."
        },
        footer = {
            "",
            "Examples:",
            "  cnn report runs/lenet5-fashion-mnist-20261124-091500",
            "  cnn report runs/* --output comparison.html"
        })
public final class ReportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "RUN", arity = "1..*", description = "Run folders, finished or not.")
    private List<Path> runs = List.of();

    @Option(
            names = "--output",
            paramLabel = "FILE.html",
            description = "The page (default: RUN/report.html, of several runs ./report.html).")
    private @Nullable Path output;

    @Option(
            names = "--split",
            paramLabel = "val|test",
            description =
                    "Whose images the run's network is evaluated on (default test; val where there"
                            + " are none).")
    private @Nullable String split;

    @Mixin private DataOptions data = new DataOptions();

    @Option(
            names = "--no-eval",
            description = "Show what the run recorded, and don't evaluate its network again.")
    private boolean noEval;

    @Mixin private BackendOptions backend = new BackendOptions();

    @Mixin private WorkersOption workers = new WorkersOption();

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        List<RunFiles> files = runs.stream().map(RunFiles::of).toList();
        CommandSpec command = Objects.requireNonNull(spec);
        refuseIdle(command);
        Path file = output == null ? usual(files) : output;
        for (RunFiles run : files) {
            OutputFile.check(
                    "--output",
                    file,
                    List.of(run.config(), run.metrics(), run.result(), run.best()));
        }
        String page = files.size() == 1 ? one(files.get(0), command) : several(files);
        OutputFile.write(file, page);
        PrintWriter out = command.commandLine().getOut();
        out.println(file);
        out.flush();
        return 0;
    }

    private void refuseIdle(CommandSpec command) {
        for (String flag :
                List.of(
                        "--split",
                        "--data",
                        "--data-path",
                        "--val-split",
                        "--val-seed",
                        BackendOptions.ENGINE,
                        BackendOptions.PRECISION,
                        BackendOptions.AMP,
                        WorkersOption.NAME)) {
            boolean given = command.commandLine().getParseResult().hasMatchedOption(flag);
            if (given && (noEval || runs.size() > 1)) {
                throw new BadInput(
                        "%s has an effect only where a network is evaluated: with one run, without --no-eval"
                                .formatted(flag));
            }
        }
        if (noEval && runs.size() > 1) {
            throw new BadInput("--no-eval has an effect only with one run");
        }
    }

    private static Path usual(List<RunFiles> files) {
        return files.size() == 1 ? files.get(0).report() : Path.of("report.html");
    }

    private String one(RunFiles files, CommandSpec command) {
        RunEvaluation evaluation =
                new RunEvaluation(files, data, part(), workers.count(), backend.backend());
        return evaluation.page(noEval, command.commandLine().getErr());
    }

    private @Nullable Split part() {
        return split == null
                ? null
                : Labelled.named("--split", new Split[] {Split.VAL, Split.TEST}, split);
    }

    private static String several(List<RunFiles> files) {
        List<String> names = new ArrayList<>(files.stream().map(RunFiles::name).toList());
        if (names.stream().distinct().count() < names.size()) {
            names = files.stream().map(f -> f.folder().toString()).toList();
        }
        if (names.stream().distinct().count() < names.size()) {
            throw new BadInput("a run is given twice");
        }
        return ComparePage.html(files.stream().map(RunFacts::read).toList(), names);
    }
}
