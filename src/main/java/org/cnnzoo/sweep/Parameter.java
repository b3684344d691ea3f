package org.cnnzoo.sweep;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cnnzoo.recipe.Setting;
import org.cnnzoo.recipe.Settings;
import org.cnnzoo.spec.Where;

/**
 * One thing that a sweep varies.
 *
 * @param path as after {@code --set}: {@code train.lr}, {@code params.width}; or {@code model}
 * @param domain its values
 * @param when all of these must hold for it to be there
 * @param where its key's place in the file
 */
public record Parameter(String path, Domain domain, List<Condition> when, Where where) {
    private static final String TRAIN = "train.";

    /** What {@code model} stands for. */
    public static final String MODEL = "model";

    public Parameter {
        when = List.copyOf(when);
    }

    /** The setting that it is; nothing for a path of the architecture file. */
    Optional<Setting<?>> setting() {
        if (path.equals(MODEL)) {
            return Optional.of(Settings.MODEL);
        }
        return path.startsWith(TRAIN)
                ? Settings.find(path.substring(TRAIN.length()))
                : Optional.empty();
    }

    /** Whether it is there, beside the values of those above it. */
    public boolean active(Map<String, Object> above) {
        return when.stream()
                .allMatch(
                        c ->
                                above.containsKey(c.path())
                                        && c.values().contains(above.get(c.path())));
    }
}
