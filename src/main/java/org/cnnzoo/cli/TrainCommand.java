package org.cnnzoo.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.cnnzoo.console.Interruption;
import org.cnnzoo.console.Table;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.recipe.Home;
import org.cnnzoo.recipe.Recipe;
import org.cnnzoo.recipe.Setting;
import org.cnnzoo.recipe.Settings;
import org.cnnzoo.recipe.TrainingPlan;
import org.cnnzoo.run.EpochRecord;
import org.cnnzoo.run.RunFiles;
import org.cnnzoo.run.RunFolder;
import org.cnnzoo.run.RunResult;
import org.cnnzoo.session.ArithmeticThreads;
import org.cnnzoo.session.Distribution;
import org.cnnzoo.session.Resumption;
import org.cnnzoo.session.StartingWeights;
import org.cnnzoo.session.Training;
import org.cnnzoo.spec.YamlReader;
import org.cnnzoo.train.TrainSettings;
import org.cnnzoo.ui.TrainingPages;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cnn train}: trains a network and leaves a run folder. */
@Command(
        name = "train",
        sortOptions = false,
        customSynopsis = {
            "cnn train --model MODEL [--data DATA] [OPTION...]",
            "       cnn train --resume RUN [OPTION...]"
        },
        description = TrainCommand.SUMMARY,
        footer = {
            "",
            "A flag stands above the model's own recipe, that one above --recipe (which stands"
                    + " above it if it is made for the model),",
            "and --recipe above the defaults; --dry-run shows what came from where.",
            "",
            "Examples:",
            "  cnn train --model lenet5",
            "  cnn train --model vgg11_bn --input-size 32 --epochs 1",
            "  cnn train --model resnet18 --data photos/ --recipe quick --set params.stem=cifar",
            "  cnn train --model lenet5 --master spark://host:7077",
            "  cnn train --resume runs/lenet5-fashion-mnist-20261124-091500 --epochs 20"
        })
public final class TrainCommand implements Callable<Integer> {
    static final String SUMMARY = "Train a network and leave a run folder.";

    private static final List<Setting.Group> GROUPS = List.of(Setting.Group.values());

    @Option(
            names = "--recipe",
            paramLabel = "NAME|FILE",
            description = "Settings from configs/recipes, such as quick or papers/vgg, or a file.")
    private @Nullable String recipe;

    @Option(
            names = "--set",
            paramLabel = "PATH=VALUE",
            description = {
                "Any value of the architecture file, such as params.width=0.5,",
                "or a setting, such as train.lr=0.1. May be repeated."
            })
    private List<String> sets = List.of();

    @Option(
            names = "--resume",
            paramLabel = "RUN",
            description = "Go on with a run; needs no other flag, and one given with it wins.")
    private @Nullable Path resume;

    @Option(names = "--dry-run", description = "Show what would be trained, and stop.")
    private boolean dryRun;

    @Option(
            names = "--ui",
            description = {
                "Show it on Deeplearning4j's own pages until it ends,",
                "at http://localhost:9000, or another port with",
                "CNN_JAVA_OPTS=-Dorg.deeplearning4j.ui.port=9001."
            })
    private boolean ui;

    @Option(
            names = "--format",
            paramLabel = "table|json",
            description = "How the result is printed (default ${DEFAULT-VALUE}).")
    private Format format = Format.TABLE;

    private @Nullable CommandSpec spec;

    /** Adds the flags of the table of settings: picocli calls this when it reads the class. */
    @Spec
    void spec(CommandSpec command) {
        this.spec = command;
        TrainFlags.addTo(command, GROUPS);
    }

    @Override
    public Integer call() {
        CommandSpec command = Objects.requireNonNull(spec);
        Recipe flags = TrainFlags.read(command.commandLine().getParseResult(), GROUPS, sets);
        Path home = Home.path();
        Optional<RunFiles> resumed = Optional.ofNullable(resume).map(RunFiles::of);
        resumed.ifPresent(run -> refuseWithResume(flags));
        TrainingPlan plan = plan(home, flags, resumed);
        plan.check(); // now, so that what is wrong leaves no folder behind
        plan.requireImages();
        TrainSettings settings = plan.settings();
        Distribution.check(plan);
        if (ui && Distribution.wanted(plan)) {
            throw new BadInput(
                    "--ui can't be had with --master: Spark has another version of its web server%n%s"
                            .formatted("--tensorboard shows the epochs of such a training"));
        }
        resumed.ifPresent(run -> Resumption.check(plan, run));
        Optional<StartingWeights> weights =
                resumed.isPresent()
                        ? StartingWeights.of(plan, resumed.get())
                        : StartingWeights.of(plan);
        PrintWriter err = command.commandLine().getErr();
        if (dryRun) {
            if (ui) {
                throw new BadInput("--ui has no effect with --dry-run, which trains nothing");
            }
            DryRun.print(plan, format, command.commandLine().getOut());
            return 0;
        }
        plan.configuration()
                .find(Settings.THREADS)
                .ifPresent(n -> ArithmeticThreads.set(Math.toIntExact(n)));
        try (@Nullable TrainingPages pages = ui ? TrainingPages.open() : null;
                Distribution distribution = Distribution.open(plan, err::println)) {
            if (pages != null) {
                err.println("Until the training ends, its pages: " + pages.address());
                err.flush();
            }
            Recipe all = distribution.resolved(plan, flags);
            TrainingPlan whole = all.equals(flags) ? plan : plan(home, all, resumed);
            return train(
                    whole, settings, weights, resumed, distribution, Optional.ofNullable(pages));
        }
    }

    private TrainingPlan plan(Path home, Recipe flags, Optional<RunFiles> resumed) {
        return TrainingPlan.of(
                home,
                flags,
                Optional.ofNullable(recipe).map(Home.recipes()::read),
                resumed.map(run -> Recipe.ofFile(YamlReader.read(run.config()))));
    }

    private int train(
            TrainingPlan plan,
            TrainSettings settings,
            Optional<StartingWeights> weights,
            Optional<RunFiles> resumed,
            Distribution distribution,
            Optional<TrainingPages> pages) {
        CommandSpec command = Objects.requireNonNull(spec);
        try (RunFolder run =
                resumed.isPresent() ? RunFolder.open(resumed.get().folder()) : create(plan)) {
            // A run may have been killed before its first checkpoint: then it starts
            boolean goesOn = resumed.isPresent() && Files.exists(run.files().last());
            if (resumed.isPresent() && !goesOn) {
                Resumption.writeConfig(plan, run);
            }
            Training training =
                    new Training(plan, settings, weights, run, command.commandLine().getErr())
                            .by(distribution.replicas(plan, run.files()))
                            .on(pages)
                            .whenAccepted(() -> Resumption.writeConfig(plan, run));
            Optional<RunResult> result = training.train(goesOn);
            result.ifPresent(r -> print(r, run, command.commandLine().getOut()));
            return result.isPresent() ? 0 : Interruption.EXIT_CODE;
        }
    }

    private static RunFolder create(TrainingPlan plan) {
        RunFolder run =
                plan.configuration()
                        .find(Settings.OUTPUT_DIR)
                        .map(folder -> RunFolder.createAt(Path.of(folder)))
                        .orElseGet(
                                () ->
                                        RunFolder.create(
                                                Path.of("runs"),
                                                plan.network().name(),
                                                plan.data().name(),
                                                LocalDateTime.now(ZoneId.systemDefault())));
        run.writeConfig(plan.configFile(""));
        return run;
    }

    private void print(RunResult result, RunFolder run, PrintWriter out) {
        if (format == Format.JSON) {
            out.print(result.toJson());
            out.flush();
        }
        PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
        RunResult.Test test = result.test();
        Table table = new Table("", "TOP-1", "TOP-5", "LOSS");
        EpochRecord last = result.last();
        table.row(
                "validation, last epoch",
                percent(last.valTop1()),
                percent(last.valTop5()),
                last.valLoss());
        table.row(
                "validation, best epoch (" + result.bestEpoch() + ")",
                percent(result.bestValTop1()),
                "",
                "");
        if (test != null) {
            table.row("test, best epoch", percent(test.top1()), percent(test.top5()), test.loss());
        }
        err.println();
        table.print(err);
        err.println(run.files().folder());
        err.flush();
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }

    private void refuseWithResume(Recipe flags) {
        if (flags.find(Settings.WEIGHTS).isPresent()) {
            throw new BadInput(
                    "--weights has no effect with --resume: a run goes on from its own weights");
        }
        if (flags.find(Settings.MODEL).isPresent() || !flags.overrides().isEmpty()) {
            throw new BadInput("--resume goes on with the run's own network, not another one");
        }
        if (flags.find(Settings.OUTPUT_DIR).isPresent()) {
            throw new BadInput("--resume goes on in the run's own folder; leave --output-dir out");
        }
        if (recipe != null) {
            throw new BadInput(
                    "--recipe has no effect with --resume: the run's own settings stand above it");
        }
    }
}
