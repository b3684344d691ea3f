package org.cnnzoo.cli;

import java.util.List;
import java.util.Map;
import org.cnnzoo.data.Datasets;
import org.cnnzoo.data.KnownDataset;
import org.cnnzoo.recipe.Home;
import org.cnnzoo.recipe.Setting;
import org.cnnzoo.recipe.Settings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Names that a shell can complete: of models, data sets, recipes, sweeps. */
final class KnownNames {
    private static final Map<String, Iterable<String>> BY_FLAG =
            Map.of(
                    "--model", () -> models().iterator(),
                    "--data", () -> data().iterator(),
                    "--recipe", () -> recipes().iterator(),
                    "--format", () -> List.of("table", "json").iterator());

    private KnownNames() {}

    /** What can stand after a setting's flag, looked up when a script is written; or null. */
    static @Nullable Iterable<String> of(Setting<?> setting) {
        if (setting.equals(Settings.MODEL) || setting.equals(Settings.DATA)) {
            return BY_FLAG.get(setting.flag());
        }
        List<String> words = setting.type().words();
        return words.isEmpty() ? null : words;
    }

    /** Gives names to the flags and arguments of a command and those below it. */
    static void addTo(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        for (OptionSpec option : List.copyOf(spec.options())) {
            Iterable<String> names = BY_FLAG.get(option.longestName());
            if (names != null && option.group() == null && option.completionCandidates() == null) {
                spec.remove(option);
                spec.addOption(OptionSpec.builder(option).completionCandidates(names).build());
            }
        }
        for (PositionalParamSpec argument : List.copyOf(spec.positionalParameters())) {
            Iterable<String> names = of(spec.name(), argument);
            if (names != null) {
                spec.remove(argument);
                spec.addPositional(
                        PositionalParamSpec.builder(argument).completionCandidates(names).build());
            }
        }
        command.getSubcommands().values().forEach(KnownNames::addTo);
    }

    private static @Nullable Iterable<String> of(String command, ArgSpec argument) {
        return switch (command) {
            case "sweep" -> () -> sweeps().iterator();
            case "info", "bench", "import" ->
                    argument.paramLabel().contains("MODEL") ? () -> models().iterator() : null;
            case "verify", "show" ->
                    argument.paramLabel().equals("DATA") ? () -> data().iterator() : null;
            case "completion" -> List.of("bash", "zsh");
            default -> null;
        };
    }

    private static List<String> models() {
        return Home.zoo().names();
    }

    private static List<String> data() {
        return Datasets.known(Home.path()).stream().map(KnownDataset::name).toList();
    }

    private static List<String> recipes() {
        return Home.recipes().names();
    }

    private static List<String> sweeps() {
        return Home.sweeps().names();
    }
}
