package org.cnnzoo.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.cnnzoo.errors.BadInput;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cnn completion}: a script that lets a shell complete commands, flags and names. */
@Command(
        name = "completion",
        customSynopsis = "cnn completion bash|zsh",
        description = "A script that lets a shell complete commands, flags and names.",
        footer = {
            "",
            "The names of models, data sets, recipes and sweeps are those of the moment.",
            "",
            "Examples:",
            "  source <(./cnn completion bash)    # in ~/.bashrc",
            "  source <(./cnn completion zsh)     # in ~/.zshrc"
        })
public final class CompletionCommand implements Callable<Integer> {
    @Parameters(arity = "1", paramLabel = "bash|zsh", description = "The shell.")
    private String shell = "bash";

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (!shell.equals("bash") && !shell.equals("zsh")) {
            throw new BadInput("a script is there for bash and zsh, not '" + shell + "'");
        }
        CommandLine all = CnnCommand.withEveryCommand();
        KnownNames.addTo(all);
        // One for both: in zsh it switches on the completion of bash for itself
        Objects.requireNonNull(spec).commandLine().getOut().println(AutoComplete.bash("cnn", all));
        return 0;
    }
}
