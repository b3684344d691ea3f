package org.cnnzoo.cli;

import java.io.PrintStream;
import java.util.List;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.errors.Reason;
import org.cnnzoo.recipe.OtherNames;
import org.cnnzoo.recipe.Setting;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Turns whatever was thrown into one to three lines on stderr, the first starting {@code cnn: },
 * and the exit code. A stack trace is printed only with {@code --debug}.
 */
final class ErrorHandling implements IParameterExceptionHandler, IExecutionExceptionHandler {
    static final String DEBUG = "--debug";

    /** The work failed: data that can't be read, a loss that became NaN, out of memory. */
    static final int FAILED = 1;

    /** The command or a configuration is wrong. */
    static final int WRONG = 2;

    private final PrintStream err;
    private final boolean debug;

    ErrorHandling(PrintStream err, boolean debug) {
        this.err = err;
        this.debug = debug;
    }

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        return report(e);
    }

    @Override
    public int handleExecutionException(
            Exception e, CommandLine commandLine, @Nullable ParseResult parsed) {
        return report(e);
    }

    /** Prints what {@code thrown} means to a person and returns the exit code. */
    int report(Throwable thrown) {
        Throwable known = Reason.known(thrown);
        int code;
        if (known instanceof ParameterException wrong) {
            code = say(WRONG, explain(wrong));
        } else {
            String hint = debug || Reason.hasWords(known) ? "" : " (" + DEBUG + " shows where)";
            code = say(known instanceof BadInput ? WRONG : FAILED, Reason.of(known) + hint);
        }
        if (debug) {
            thrown.printStackTrace(err);
        }
        return code;
    }

    /** What is wrong in picocli's words, the nearest known names, where the help is. */
    private static String[] explain(ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        String what = lowerFirst(String.valueOf(wrong.getMessage()).lines().findFirst().orElse(""));
        List<String> near = List.of();
        if (wrong instanceof UnmatchedArgumentException unmatched) {
            near = near(unmatched);
            if (unmatched.isUnknownOption()) { // what follows it is most likely its value
                what = "unknown option: '" + unmatched.getUnmatched().get(0) + "'";
            } else if (!command.getSubcommands().isEmpty()) {
                what = "unknown command '" + unmatched.getUnmatched().get(0) + "'";
            }
        }
        String help = "try '" + command.getCommandSpec().qualifiedName() + " --help'";
        return near.isEmpty()
                ? new String[] {what, help}
                : new String[] {what, "did you mean " + String.join(" or ", near) + "?", help};
    }

    /** By a name that another tool has for it, else picocli's. */
    private static List<String> near(UnmatchedArgumentException unmatched) {
        String first = unmatched.getUnmatched().get(0);
        return OtherNames.find(first.replaceFirst("=.*", ""))
                .map(Setting::flag)
                .filter(unmatched.getCommandLine().getCommandSpec().optionsMap()::containsKey)
                .map(List::of)
                .orElseGet(() -> unmatched.getSuggestions().stream().limit(3).toList());
    }

    private int say(int code, String... lines) {
        err.println("cnn: " + String.join(System.lineSeparator(), lines));
        return code;
    }

    private static String lowerFirst(String text) {
        return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
    }
}
