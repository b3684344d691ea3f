package org.cnnzoo.sweep;

import java.util.List;
import java.util.Map;
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
    /** What {@code model} stands for. */
    public static final String MODEL = "model";

    public Parameter {
        when = List.copyOf(when);
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
