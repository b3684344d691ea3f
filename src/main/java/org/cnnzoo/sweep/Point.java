package org.cnnzoo.sweep;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.cnnzoo.recipe.Range;
import org.cnnzoo.spec.Where;
import org.cnnzoo.spec.YamlNode;

/**
 * A trial's values by path, in the space's order; a parameter whose condition doesn't hold is not
 * in it.
 */
public record Point(Map<String, Object> values) {
    public Point {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** As {@code --set} takes them. */
    public List<String> sets() {
        return values.entrySet().stream().map(e -> set(e.getKey(), e.getValue())).toList();
    }

    /** {@code lr 0.01, opt sgd}: for a line that a person reads. */
    public String shown() {
        return values.entrySet().stream()
                .map(e -> name(e.getKey()) + " " + text(e.getValue()))
                .collect(Collectors.joining(", "));
    }

    /** A path without {@code train.} or {@code params.}. */
    public static String name(String path) {
        return path.replaceFirst("^(train|params)\\.", "");
    }

    /** A value in its shortest form: 0.0005, 30, 1e-8. */
    public static String text(Object value) {
        return value instanceof Double number ? Range.plain(number) : value.toString();
    }

    private static String set(String path, Object value) {
        if (path.equals(Parameter.MODEL)) {
            return "train.model=" + value;
        }
        String text = text(value);
        boolean quotes =
                !path.startsWith("train.")
                        && value instanceof String
                        && !(new YamlNode.Scalar(text, false, Where.flag("")).value()
                                instanceof String);
        return path + "=" + (quotes ? "'" + text + "'" : text);
    }
}
