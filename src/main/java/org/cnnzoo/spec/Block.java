package org.cnnzoo.spec;

import java.util.List;
import java.util.Map;

/**
 * A block that the file defines under {@code blocks}.
 *
 * @param arguments the names of its arguments, in the order of a positional call
 * @param defaults what arguments stand for where a call leaves them out
 * @param layers its layers, names not yet resolved
 */
record Block(
        String name,
        List<String> arguments,
        Map<String, YamlNode> defaults,
        YamlNode layers,
        Where where) {
    Block {
        arguments = List.copyOf(arguments);
        defaults = Map.copyOf(defaults);
    }
}
