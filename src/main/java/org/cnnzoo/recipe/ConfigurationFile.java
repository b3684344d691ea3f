package org.cnnzoo.recipe;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cnnzoo.recipe.Configuration.Resolved;
import org.cnnzoo.recipe.Setting.Group;
import org.cnnzoo.spec.SetValue;

/**
 * A resolved configuration as YAML, with a comment at each value that names its source; {@link
 * Recipe#ofFile} reads it back as a recipe for that model.
 */
public final class ConfigurationFile {
    private static final String IDLE = "; no effect, ";
    private static final Pattern LINE =
            Pattern.compile(
                    "^(?<key>[a-z0-9-]+): .* # (?<source>.*?)(?:" + IDLE + ".*)?$",
                    Pattern.MULTILINE);

    private static final Pattern ITEM =
            Pattern.compile("^  - (?<text>.*) # (?<source>.*)$", Pattern.MULTILINE);

    private ConfigurationFile() {}

    /**
     * The file's text.
     *
     * @param overrides what was set in the architecture's file, and who said it
     * @param remarks further lines for a person, put at the top as comments
     * @param before what the file said, where a run goes on: all that stays as it was keeps its
     *     source; empty if there was none
     */
    public static String text(
            Configuration configuration,
            Map<SetValue, Source> overrides,
            List<String> remarks,
            String before) {
        Map<String, String> sources = sources(before);
        StringBuilder text = new StringBuilder();
        remarks.forEach(remark -> text.append("# ").append(remark).append('\n'));
        text.append("# Repeat it with: cnn train --recipe THIS_FILE\n");
        for (Group group : Group.values()) {
            text.append("\n# ").append(group.heading()).append('\n');
            for (Map.Entry<Setting<?>, Resolved> entry : configuration.values().entrySet()) {
                // Where the run stood is no part of what it was: a repetition gets its own folder
                if (entry.getKey().group() == group
                        && !entry.getKey().equals(Settings.OUTPUT_DIR)) {
                    text.append(line(configuration, entry.getKey(), entry.getValue(), sources));
                }
            }
            if (group == Group.WHAT) {
                text.append(architecture(overrides, sources));
            }
        }
        return text.toString();
    }

    /** What stands behind the values of a file, by key. */
    private static Map<String, String> sources(String text) {
        Map<String, String> sources = new HashMap<>();
        Matcher line = LINE.matcher(text);
        while (line.find()) {
            sources.put(line.group("key"), line.group("source"));
        }
        Matcher item = ITEM.matcher(text);
        while (item.find()) {
            sources.put(item.group("text").strip(), item.group("source"));
        }
        return sources;
    }

    private static String line(
            Configuration configuration,
            Setting<?> setting,
            Resolved resolved,
            Map<String, String> sources) {
        String source = source(setting.key(), resolved.source(), sources);
        String value = setting.key() + ": " + setting.yaml(resolved.value());
        String idle = configuration.idle(setting).map(why -> IDLE + why).orElse("");
        return "%-32s # %s%s\n".formatted(value, source, idle);
    }

    /** Of a run that goes on, as its file had it. */
    private static String source(String what, Source source, Map<String, String> sources) {
        return source.rank() == Source.Rank.RESUMED
                ? sources.getOrDefault(what, source.toString())
                : source.toString();
    }

    /** A comment ends with its line. */
    private static String oneLine(String text) {
        return text.replaceAll("\\R", " ");
    }

    private static String architecture(
            Map<SetValue, Source> overrides, Map<String, String> sources) {
        StringBuilder text = new StringBuilder(overrides.isEmpty() ? "" : "set:\n");
        overrides.forEach(
                (set, from) -> {
                    String item = YamlText.scalar(set.text());
                    text.append(
                            "%-32s # %s\n"
                                    .formatted(
                                            "  - " + item, oneLine(source(item, from, sources))));
                });
        return text.toString();
    }
}
