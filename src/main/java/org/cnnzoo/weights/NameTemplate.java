package org.cnnzoo.weights;

import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.cnnzoo.errors.Nearest;

/**
 * The right side of a rule: a name in which {@code {x}} is a variable's value, {@code {x+1}} its
 * number plus one, {@code {#x}} its place among its siblings, and {@code {list[x]}} that entry of a
 * list; numbers count from 0. Besides the rule's variables there are the convention's counts.
 */
final class NameTemplate {
    private static final Pattern BRACES = Pattern.compile("\\{([^}]*)}");
    private static final Pattern REFERENCE =
            Pattern.compile("(#?)([a-z]+)([+-][0-9]+)?|([a-z]+)\\[(#?)([a-z]+)]");

    private final String text;
    private final NamePattern pattern;
    private final Map<String, List<String>> lists;
    private final Map<String, NamePattern> counts;

    /**
     * A template whose variables are those of a pattern.
     *
     * @param counts by name, the form of the layers that are counted
     * @throws IllegalArgumentException if it mentions an unknown variable or list
     */
    NameTemplate(
            String text,
            NamePattern pattern,
            Map<String, List<String>> lists,
            Map<String, NamePattern> counts) {
        this.text = text;
        this.pattern = pattern;
        this.lists = Map.copyOf(lists);
        this.counts = Map.copyOf(counts);
        BRACES.matcher(text).results().forEach(braces -> check(reference(braces)));
    }

    private static MatchResult reference(MatchResult braces) {
        java.util.regex.Matcher reference = REFERENCE.matcher(braces.group(1));
        if (!reference.matches()) {
            throw new IllegalArgumentException(
                    "'%s' is none of {x}, {x+1}, {#x}, {list[x]}".formatted(braces.group()));
        }
        return reference.toMatchResult();
    }

    private void check(MatchResult reference) {
        String variable = reference.group(2) == null ? reference.group(6) : reference.group(2);
        if (!pattern.variables().contains(variable) && !counts.containsKey(variable)) {
            throw new IllegalArgumentException(
                    "there is no {%s} on the left%s"
                            .formatted(variable, Nearest.hint(variable, pattern.variables())));
        }
        String list = reference.group(4);
        if (list != null && !lists.containsKey(list)) {
            throw new IllegalArgumentException(
                    "there is no list '%s'%s".formatted(list, Nearest.hint(list, lists.keySet())));
        }
    }

    /**
     * The name for a layer.
     *
     * @param values the pattern's variables in the layer's name
     * @param names all layers' names in the network's order
     * @throws IllegalArgumentException if a number or a list's entry is asked for where none is
     */
    String fill(Map<String, String> values, List<String> names) {
        return BRACES.matcher(text).replaceAll(braces -> value(reference(braces), values, names));
    }

    private String value(MatchResult reference, Map<String, String> values, List<String> names) {
        if (reference.group(4) != null) {
            List<String> list = lists.get(reference.group(4));
            long index = number(reference.group(6), !reference.group(5).isEmpty(), values, names);
            if (index < 0 || index >= list.size()) {
                throw new IllegalArgumentException(
                        "the list '%s' has no entry %d".formatted(reference.group(4), index));
            }
            return list.get((int) index);
        }
        String variable = reference.group(2);
        boolean position = !reference.group(1).isEmpty();
        if (!position && reference.group(3) == null) {
            return values.get(variable);
        }
        long offset = reference.group(3) == null ? 0 : Long.parseLong(reference.group(3));
        return Long.toString(number(variable, position, values, names) + offset);
    }

    private long number(
            String variable, boolean position, Map<String, String> values, List<String> names) {
        if (position) {
            return pattern.position(variable, values, names);
        }
        if (counts.containsKey(variable)) {
            NamePattern counted = counts.get(variable);
            return names.stream().filter(name -> counted.match(name).isPresent()).count();
        }
        String value = values.get(variable);
        if (!value.matches("[0-9]{1,9}")) {
            throw new IllegalArgumentException(
                    "{%s} is '%s', no number".formatted(variable, value));
        }
        return Long.parseLong(value);
    }
}
