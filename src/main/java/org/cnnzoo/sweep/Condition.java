package org.cnnzoo.sweep;

import java.util.List;

/**
 * When a parameter is there at all.
 *
 * @param path of a parameter above it
 * @param values that one must have one of these
 */
public record Condition(String path, List<Object> values) {
    public Condition {
        values = List.copyOf(values);
    }
}
