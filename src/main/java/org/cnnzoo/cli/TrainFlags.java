package org.cnnzoo.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cnnzoo.build.Precision;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.recipe.Given;
import org.cnnzoo.recipe.Recipe;
import org.cnnzoo.recipe.Setting;
import org.cnnzoo.recipe.SettingType;
import org.cnnzoo.recipe.Settings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** A flag for each row of the table of settings. */
final class TrainFlags {
    private static final String AMP = BackendOptions.AMP;

    private TrainFlags() {}

    /** Adds the flags of some groups to a command, under the table's headings. */
    static void addTo(CommandSpec command, List<Setting.Group> groups) {
        int order = 0;
        for (Setting.Group group : groups) {
            ArgGroupSpec.Builder heading =
                    ArgGroupSpec.builder()
                            .validate(false)
                            .order(order++)
                            .heading("%n" + group.heading() + "%n");
            for (Setting<?> setting : Settings.ALL) {
                if (setting.group() == group) {
                    heading.addArg(option(setting));
                }
            }
            if (group == Settings.PRECISION.group()) {
                heading.addArg(
                        OptionSpec.builder(AMP)
                                .type(Boolean.class)
                                .arity("0")
                                .description(BackendOptions.AMP_IS)
                                .build());
            }
            command.addArgGroup(heading.build());
        }
    }

    /**
     * What was given, flags and {@code --set}, as the topmost layer of the configuration.
     *
     * @param groups those that the command has flags of
     * @throws BadInput if a value isn't right, or one setting was given twice
     */
    static Recipe read(ParseResult parsed, List<Setting.Group> groups, List<String> sets) {
        Recipe bySet = Recipe.ofSets(sets);
        Map<Setting<?>, Given> values = new LinkedHashMap<>(bySet.values());
        for (Setting<?> setting : Settings.ALL) {
            if (!groups.contains(setting.group())) {
                continue; // the command may have another flag of that name
            }
            String text = parsed.matchedOptionValue(setting.flag(), null);
            if (text != null) {
                putOnce(values, setting.given(setting.flag(), text));
            }
        }
        if (parsed.hasMatchedOption(AMP)) {
            putOnce(values, Settings.PRECISION.given(AMP, Precision.BF16.label()));
        }
        return new Recipe(List.of(), values, bySet.overrides());
    }

    /** Puts in what another command's option says, if it was given. */
    static void put(Map<Setting<?>, Given> values, Setting<?> setting, @Nullable Object value) {
        if (value != null) {
            values.put(setting, setting.given(setting.flag(), value.toString()));
        }
    }

    /**
     * Puts in what was given.
     *
     * @throws BadInput if the same setting was given before
     */
    static void putOnce(Map<Setting<?>, Given> values, Given given) {
        Given before = values.put(given.setting(), given);
        if (before != null) {
            throw new BadInput(
                    before.where() + " and " + given.where() + " set the same; give one of them");
        }
    }

    private static OptionSpec option(Setting<?> setting) {
        OptionSpec.Builder option =
                OptionSpec.builder(setting.flags().toArray(String[]::new))
                        .type(String.class)
                        .paramLabel(setting.type().label())
                        .completionCandidates(KnownNames.of(setting))
                        .description(description(setting));
        if (setting.type() instanceof SettingType.Switch) {
            option.arity("0..1").fallbackValue("true");
        }
        return option.build();
    }

    private static String description(Setting<?> setting) {
        String doc = Character.toUpperCase(setting.doc().charAt(0)) + setting.doc().substring(1);
        Stream<String> notes =
                Stream.concat(
                        setting.shownDefault().map(value -> "default " + value).stream(),
                        Stream.ofNullable(setting.effect()).map(e -> "only with --" + e));
        String inBrackets = String.join("; ", notes.toList());
        // picocli reads % as a format
        return (doc + (inBrackets.isEmpty() ? "." : " (" + inBrackets + ").")).replace("%", "%%");
    }
}
