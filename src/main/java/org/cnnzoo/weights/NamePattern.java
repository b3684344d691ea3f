package org.cnnzoo.weights;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The left side of a rule: a path of layers in which {@code {x}} stands for one part and {@code
 * {x...}} for one or more.
 */
final class NamePattern {
    private static final Pattern VARIABLE = Pattern.compile("\\{([a-z]+)(\\.\\.\\.)?}");
    private static final String DOTS = "...";
    private static final String DEEPER = "(?:\\..*)?";

    /** A part of the path: a word, or a variable for one part or more. */
    private record Part(String text, boolean variable, boolean many) {
        String regex() {
            if (!variable) {
                return Pattern.quote(text);
            }
            return many ? "(?<" + text + ">.+?)" : "(?<" + text + ">[^.]+)";
        }
    }

    private final List<Part> parts;
    private final Pattern whole;

    private NamePattern(List<Part> parts) {
        this.parts = List.copyOf(parts);
        this.whole = Pattern.compile(String.join("\\.", parts.stream().map(Part::regex).toList()));
    }

    /**
     * Reads {@code features.{x}.conv}.
     *
     * @throws IllegalArgumentException where braces hold no lower-case word, or one stands twice
     */
    static NamePattern parse(String text) {
        List<Part> parts = new ArrayList<>();
        Set<String> seen = new LinkedHashSet<>();
        // The dots of {x...} don't separate parts
        for (String word : text.split("\\.(?![.}])", -1)) {
            Matcher variable = VARIABLE.matcher(word);
            if (variable.matches()) {
                if (!seen.add(variable.group(1))) {
                    throw new IllegalArgumentException("'" + word + "' stands twice");
                }
                parts.add(new Part(variable.group(1), true, DOTS.equals(variable.group(2))));
            } else if (word.isEmpty() || word.contains("{") || word.contains("}")) {
                throw new IllegalArgumentException(
                        "'" + word + "' is neither a word nor {x} nor {x...}");
            } else {
                parts.add(new Part(word, false, false));
            }
        }
        return new NamePattern(parts);
    }

    /** The variables, in order. */
    List<String> variables() {
        return parts.stream().filter(Part::variable).map(Part::text).toList();
    }

    /** What each variable stands for in a layer's name; empty if it is not such a name. */
    Optional<Map<String, String>> match(String name) {
        Matcher matcher = whole.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>();
        variables().forEach(variable -> values.put(variable, matcher.group(variable)));
        return Optional.of(values);
    }

    /**
     * The place, from 0, of a variable's value among its siblings: the values it takes over all
     * layers whose names agree before it; of {@code {x...}} those of the rule's form alone.
     *
     * @param names of all layers, in the network's order
     */
    int position(String variable, Map<String, String> values, List<String> names) {
        List<String> regex = new ArrayList<>();
        boolean before = true;
        String end = "";
        for (Part part : parts) {
            boolean own = part.variable() && part.text().equals(variable);
            boolean fixed = before && part.variable() && !own;
            regex.add(fixed ? Pattern.quote(values.get(part.text())) : part.regex());
            if (own && !part.many()) {
                end = DEEPER;
                break;
            }
            before &= !own;
        }
        Pattern siblings = Pattern.compile(String.join("\\.", regex) + end);
        List<String> distinct = new ArrayList<>();
        for (String name : names) {
            Matcher matcher = siblings.matcher(name);
            if (matcher.matches() && !distinct.contains(matcher.group(variable))) {
                distinct.add(matcher.group(variable));
            }
        }
        return distinct.indexOf(values.get(variable));
    }
}
