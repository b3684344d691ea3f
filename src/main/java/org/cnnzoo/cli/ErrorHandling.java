package org.cnnzoo.cli;

import java.io.PrintStream;
import java.util.List;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.errors.WorkFailed;
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
        Throwable known = firstKnown(thrown);
        int code;
        if (known instanceof BadInput) {
            code = say(WRONG, message(known));
        } else if (known instanceof WorkFailed) {
            code = say(FAILED, message(known));
        } else if (known instanceof OutOfMemoryError) {
            code =
                    say(
                            FAILED,
                            "out of memory: " + firstLine(known),
                            "a smaller --batch-size or --input-size needs less");
        } else if (known instanceof ParameterException wrong) {
            code = say(WRONG, explain(wrong));
        } else {
            String text = known.getClass().getSimpleName();
            if (known.getMessage() != null) {
                text += ": " + firstLine(known);
            }
            code = say(FAILED, "unexpected: " + text + hintAtDebug());
        }
        if (debug) {
            thrown.printStackTrace(err);
        }
        return code;
    }

    /**
     * The first of the causes that we have words for, since a worker thread's failure arrives
     * wrapped; {@code thrown} itself if there is none.
     */
    private static Throwable firstKnown(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < 20; depth++) {
            if (cause instanceof BadInput
                    || cause instanceof WorkFailed
                    || cause instanceof OutOfMemoryError) {
                return cause;
            }
            cause = cause.getCause();
        }
        return thrown;
    }

    /** What is wrong in picocli's words, the nearest known names, where the help is. */
    private static String[] explain(ParameterException wrong) {
        CommandLine command = wrong.getCommandLine();
        String what = lowerFirst(firstLine(wrong));
        List<String> near = List.of();
        if (wrong instanceof UnmatchedArgumentException unmatched) {
            near = unmatched.getSuggestions().stream().limit(3).toList();
            if (!unmatched.isUnknownOption() && !command.getSubcommands().isEmpty()) {
                what = "unknown command '" + unmatched.getUnmatched().get(0) + "'";
            }
        }
        String help = "try '" + command.getCommandSpec().qualifiedName() + " --help'";
        return near.isEmpty()
                ? new String[] {what, help}
                : new String[] {what, "did you mean " + String.join(" or ", near) + "?", help};
    }

    private int say(int code, String... lines) {
        err.println("cnn: " + String.join(System.lineSeparator(), lines));
        return code;
    }

    private String hintAtDebug() {
        return debug ? "" : " (" + DEBUG + " shows where)";
    }

    private static String message(Throwable known) {
        String message = known.getMessage();
        return message == null ? known.getClass().getSimpleName() : message;
    }

    private static String firstLine(Throwable known) {
        return message(known).lines().findFirst().orElse("");
    }

    private static String lowerFirst(String text) {
        return text.isEmpty() ? text : Character.toLowerCase(text.charAt(0)) + text.substring(1);
    }
}
