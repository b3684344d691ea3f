package org.cnnzoo.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code cnn} itself: the table of its commands, and the options that every command has. */
@SuppressWarnings("UnusedVariable") // picocli acts on some options by itself
@Command(
        name = "cnn",
        description = "A convolutional-network zoo and trainer.",
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Example: cnn train --model lenet5",
            "'cnn COMMAND --help' tells more about each."
        })
public final class CnnCommand implements Callable<Integer> {

    /**
     * A command's name and its one line of help, known without loading the class behind it: picocli
     * reads a class's every option by reflection, so only the command that was called is made.
     */
    record Entry(String name, String summary, Supplier<? extends Callable<Integer>> command) {}

    /** Every command, in the order in which {@code --help} lists them. */
    static final List<Entry> COMMANDS = List.of();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Print this help and exit.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Print the versions of cnn and what it runs on, and exit.")
    private boolean version;

    @Option(
            names = ErrorHandling.DEBUG,
            scope = ScopeType.INHERIT,
            description = "Print a stack trace with an error.")
    private boolean debug;

    @Spec private @Nullable CommandSpec spec;

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

    private static CommandLine commandLine(List<Entry> commands, String[] args) {
        CommandLine root = new CommandLine(new CnnCommand());
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

    /** {@code cnn} alone: the help, on stderr, for nothing was asked. */
    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("called outside a command line");
        }
        spec.commandLine().usage(spec.commandLine().getErr());
        return ErrorHandling.WRONG;
    }
}
