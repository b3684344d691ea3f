package org.cnnzoo.diagram;

import java.util.List;

/** The names of nodes, which are paths joined by dots. */
final class Paths {
    private Paths() {}

    /** The leading segments that all of them have, or an empty text. */
    static String common(List<String> names) {
        if (names.isEmpty()) {
            return "";
        }
        List<String> first = List.of(names.get(0).split("\\."));
        int length = first.size();
        for (String name : names) {
            List<String> other = List.of(name.split("\\."));
            length = Math.min(length, other.size());
            for (int i = 0; i < length; i++) {
                if (!first.get(i).equals(other.get(i))) {
                    length = i;
                }
            }
        }
        return String.join(".", first.subList(0, length));
    }

    /** How many segments a name has. */
    static int depth(String name) {
        return name.isEmpty() ? 0 : name.split("\\.").length;
    }

    /** Without {@code features.} or {@code head.} in front, unless a number follows that. */
    static String inside(String name) {
        String inside = name.substring(name.indexOf('.') + 1);
        return inside.isEmpty() || Character.isDigit(inside.charAt(0)) ? name : inside;
    }

    /** Such as {@code stage.0.1–5} for the names of the first and the last of a row. */
    static String range(String first, String last) {
        String common = common(List.of(first, last));
        if (common.equals(first) || common.isEmpty()) {
            return first;
        }
        return first + "\u2013" + last.substring(common.length() + 1);
    }
}
