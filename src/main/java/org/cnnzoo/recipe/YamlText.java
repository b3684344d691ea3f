package org.cnnzoo.recipe;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.cnnzoo.spec.Where;
import org.cnnzoo.spec.YamlNode;

/** Values written as YAML in one line. */
final class YamlText {
    /** Text that means itself without quotes, whatever stands around it. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_./][A-Za-z0-9_./+-]*");

    private YamlText() {}

    /** Text that is read back as that text. */
    static String scalar(String text) {
        boolean plain =
                PLAIN.matcher(text).matches()
                        && new YamlNode.Scalar(text, false, NOWHERE).value() instanceof String;
        return plain ? text : "'" + text.replace("'", "''") + "'";
    }

    /** A node in flow style: {@code [1, {a: b}]}. */
    static String flow(YamlNode node) {
        if (node instanceof YamlNode.Scalar scalar) {
            return scalar.quoted() || scalar.value() instanceof String
                    ? scalar(scalar.text())
                    : scalar.text();
        }
        if (node instanceof YamlNode.Sequence sequence) {
            return sequence.items().stream()
                    .map(YamlText::flow)
                    .collect(Collectors.joining(", ", "[", "]"));
        }
        return ((YamlNode.Mapping) node)
                .entries().entrySet().stream()
                        .map(e -> scalar(e.getKey()) + ": " + flow(e.getValue().value()))
                        .collect(Collectors.joining(", ", "{", "}"));
    }

    private static final Where NOWHERE = Where.flag("");
}
