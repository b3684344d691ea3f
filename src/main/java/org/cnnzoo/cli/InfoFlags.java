package org.cnnzoo.cli;

import java.util.List;
import java.util.Map;
import org.cnnzoo.errors.BadInput;
import picocli.CommandLine.ParseResult;

/** Which flags of {@code cnn info} go together. */
final class InfoFlags {
    /** A flag, and those that would have no effect beside it. */
    private static final Map<String, List<String>> ALONE =
            Map.of(
                    "--diagram",
                    List.of("--format", "--compare", "--batch-size"),
                    "--cards",
                    List.of(
                            "MODEL",
                            "--model",
                            "--set",
                            "--input-size",
                            "--channels",
                            "--classes",
                            "--batch-size",
                            "--format",
                            "--diagram",
                            "--compare"));

    /** A flag, and the one without which it has no effect. */
    private static final Map<String, String> NEEDS =
            Map.of("--output", "--diagram", "--compare-set", "--compare");

    private InfoFlags() {}

    /**
     * Refuses flags that would have no effect.
     *
     * @throws BadInput naming both
     */
    static void check(ParseResult given) {
        ALONE.forEach(
                (flag, others) -> {
                    for (String other : others) {
                        if (has(given, flag) && has(given, other)) {
                            throw new BadInput(other + " has no effect with " + flag);
                        }
                    }
                });
        NEEDS.forEach(
                (flag, other) -> {
                    if (has(given, flag) && !has(given, other)) {
                        throw new BadInput(flag + " has an effect only with " + other);
                    }
                });
        if (has(given, "--compare")
                && given.matchedOptionValue("--format", LayerFormat.TABLE) == LayerFormat.CSV) {
            throw new BadInput(
                    "--format csv has a line for each layer of one network;"
                            + " --compare prints table or json");
        }
    }

    private static boolean has(ParseResult given, String flag) {
        return flag.startsWith("-") ? given.hasMatchedOption(flag) : given.hasMatchedPositional(0);
    }
}
