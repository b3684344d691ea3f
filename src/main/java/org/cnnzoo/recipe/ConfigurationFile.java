package org.cnnzoo.recipe;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cnnzoo.recipe.Configuration.Resolved;
import org.cnnzoo.recipe.Setting.Group;

/**
 * A resolved configuration as YAML, with a comment at each value that names its source; {@link
 * Recipe#ofFile} reads it back as a recipe for that model.
 */
public final class ConfigurationFile {
    private ConfigurationFile() {}

    /**
     * The file's text.
     *
     * @param overrides {@code path=value} for the architecture
     * @param remarks further lines for a person, put at the top as comments
     */
    public static String text(
            Configuration configuration, List<String> overrides, List<String> remarks) {
        StringBuilder text = new StringBuilder();
        remarks.forEach(remark -> text.append("# ").append(remark).append('\n'));
        text.append("# Repeat it with: cnn train --recipe THIS_FILE\n");
        for (Group group : Group.values()) {
            text.append("\n# ").append(group.heading()).append('\n');
            for (Map.Entry<Setting<?>, Resolved> entry : configuration.values().entrySet()) {
                // Where the run stood is no part of what it was: a repetition gets its own folder
                if (entry.getKey().group() == group
                        && !entry.getKey().equals(Settings.OUTPUT_DIR)) {
                    text.append(line(configuration, entry.getKey(), entry.getValue()));
                }
            }
            if (group == Group.WHAT) {
                text.append(architecture(overrides));
            }
        }
        return text.toString();
    }

    private static String line(Configuration configuration, Setting<?> setting, Resolved resolved) {
        String value = setting.key() + ": " + setting.yaml(resolved.value());
        String idle = configuration.idle(setting).map(why -> "; no effect, " + why).orElse("");
        return "%-32s # %s%s\n".formatted(value, resolved.source(), idle);
    }

    private static String architecture(List<String> overrides) {
        if (overrides.isEmpty()) {
            return "";
        }
        List<String> quoted = new ArrayList<>();
        overrides.forEach(override -> quoted.add(YamlText.scalar(override)));
        return "set: [" + String.join(", ", quoted) + "]\n";
    }
}
