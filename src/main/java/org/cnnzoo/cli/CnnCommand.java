package org.cnnzoo.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ScopeType;

/**
 * {@code cnn} itself: the table of its commands, and the options that every command has.
 *
 * <p>Built by hand, not by annotations: reading those takes picocli a good part of a quick
 * command's time.
 */
public final class CnnCommand {
    private CnnCommand() {}

    /**
     * A command's name and its one line of help, known without loading the class behind it: picocli
     * reads a class's every option by reflection, so only the command that was called is made.
     */
    record Entry(String name, String summary, Supplier<? extends Callable<Integer>> command) {}

    /** Every command, in the order in which {@code --help} lists them. */
    static final List<Entry> COMMANDS =
            List.of(
                    new Entry(
                            "models",
                            "The zoo: names, parameters, multiply-adds, papers.",
                            ModelsCommand::new),
                    new Entry(
                            "info",
                            "What each layer of a network puts out, holds and costs.",
                            InfoCommand::new),
                    new Entry(
                            "data",
                            "Known data sets; a picture of what a network will see.",
                            DataCommand::new),
                    new Entry(
                            "train", "Train a network and leave a run folder.", TrainCommand::new),
                    new Entry(
                            "eval", "Evaluate a run or a checkpoint on a split.", EvalCommand::new),
                    new Entry(
                            "sweep",
                            "Many trainings that differ in their settings.",
                            SweepCommand::new),
                    new Entry("predict", "The likeliest classes of images.", PredictCommand::new),
                    new Entry(
                            "report", "A run as a page, or several compared.", ReportCommand::new),
                    new Entry(
                            "bench",
                            "Images a second of training and inference.",
                            BenchCommand::new),
                    new Entry(
                            "weights",
                            "Weights from torchvision and timm, and back.",
                            WeightsCommand::new),
                    new Entry(
                            "completion",
                            "A script that lets a shell complete commands, flags and names.",
                            CompletionCommand::new));

    /**
     * Runs one command line.
     *
     * @return the exit code: 0 done, 1 the work failed, 2 the command or a configuration is wrong,
     *     130 interrupted
     */
    static int run(String[] args, PrintStream out, PrintStream err) {
        return run(COMMANDS, args, out, err);
    }

    static int run(List<Entry> commands, String[] given, PrintStream out, PrintStream err) {
        String[] args = helpAsOption(given);
        ErrorHandling errors = new ErrorHandling(err, List.of(args).contains(ErrorHandling.DEBUG));
        try {
            return commandLine(commands, args)
                    .setOut(new PrintWriter(out, true, Charset.defaultCharset()))
                    .setErr(new PrintWriter(err, true, Charset.defaultCharset()))
                    .setParameterExceptionHandler(errors)
                    .setExecutionExceptionHandler(errors)
                    .execute(args);
        } catch (Throwable e) { // picocli hands on what is no Exception: OutOfMemoryError, say
            return errors.report(e);
        } finally {
            out.flush();
            err.flush();
        }
    }

    /** {@code cnn help train} is what {@code cnn train --help} is. */
    private static String[] helpAsOption(String[] args) {
        return args.length > 0 && args[0].equals("help")
                ? Stream.concat(Stream.of(args).skip(1), Stream.of("--help")).toArray(String[]::new)
                : args;
    }

    /** With every command's flags, for completion. */
    static CommandLine withEveryCommand() {
        return commandLine(COMMANDS, COMMANDS.stream().map(Entry::name).toArray(String[]::new));
    }

    private static CommandLine commandLine(List<Entry> commands, String[] args) {
        CommandLine root = new CommandLine(root());
        for (Entry entry : commands) {
            CommandSpec spec =
                    List.of(args).contains(entry.name())
                            ? CommandSpec.forAnnotatedObject(entry.command().get())
                            : CommandSpec.create();
            spec.usageMessage().description(entry.summary());
            root.addSubcommand(entry.name(), spec);
        }
        root.registerConverter(Format.class, Format::named);
        return root.setCaseInsensitiveEnumValuesAllowed(true).setUsageHelpWidth(100);
    }

    private static CommandSpec root() {
        AtomicReference<CommandSpec> self = new AtomicReference<>();
        Callable<Integer> alone = () -> helpForNothing(self.get());
        CommandSpec root = CommandSpec.wrapWithoutInspection(alone).name("cnn");
        self.set(root);
        root.addOption(
                OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .scopeType(ScopeType.INHERIT)
                        .description("Print this help and exit.")
                        .build());
        root.addOption(
                OptionSpec.builder("-V", "--version")
                        .versionHelp(true)
                        .description("Print the versions of cnn and what it runs on, and exit.")
                        .build());
        root.addOption(
                OptionSpec.builder(ErrorHandling.DEBUG)
                        .scopeType(ScopeType.INHERIT)
                        .description("Print a stack trace with an error.")
                        .build());
        root.versionProvider(new Version());
        root.usageMessage()
                .description("A convolutional-network zoo and trainer.")
                .synopsisSubcommandLabel("COMMAND")
                .footer(
                        "",
                        "Example: cnn train --model lenet5",
                        "'cnn COMMAND --help' tells more about each.");
        return root;
    }

    /** {@code cnn} alone: the help, on stderr, for nothing was asked. */
    private static int helpForNothing(CommandSpec root) {
        root.commandLine().usage(root.commandLine().getErr());
        return ErrorHandling.WRONG;
    }
}
