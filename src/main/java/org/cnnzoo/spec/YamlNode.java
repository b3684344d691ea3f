package org.cnnzoo.spec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cnnzoo.errors.Nearest;
import org.jspecify.annotations.Nullable;

/** A YAML value that knows where it stands. */
public sealed interface YamlNode {
    Where where();

    /** What a person calls this kind of value: "a mapping", "a list", "the number 3". */
    String kind();

    /**
     * A plain or quoted scalar; {@code quoted} text is always a string.
     *
     * @param where where the value stands
     * @param name the {@code $name} that stands for it in the layers, if one does
     */
    record Scalar(String text, boolean quoted, Where where, @Nullable Scalar name)
            implements YamlNode {
        public Scalar(String text, boolean quoted, Where where) {
            this(text, quoted, where, null);
        }

        /** This value as {@code name} stands for it at some place. */
        Scalar through(Scalar name) {
            return new Scalar(text, quoted, where, name);
        }

        /** Where the {@code $name} stands that led here; for a message's last line. */
        String through() {
            return name == null ? "" : "given to " + name.text() + " at " + name.where();
        }

        @Override
        public String kind() {
            Object value = value();
            if (value == null) {
                return "nothing";
            }
            if (value instanceof Boolean) {
                return "the boolean " + text;
            }
            if (value instanceof Number) {
                return "the number " + text;
            }
            return "the word '" + text + "'";
        }

        /** The value by YAML 1.2's core schema: null, Boolean, Long, Double or String. */
        public @Nullable Object value() {
            return quoted ? text : CoreSchema.value(text);
        }
    }

    /** A list. */
    record Sequence(List<YamlNode> items, Where where) implements YamlNode {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /** A mapping in the file's order. Each key knows its place too. */
    record Mapping(Map<String, Entry> entries, Where where) implements YamlNode {
        public Mapping {
            entries = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        @Override
        public String kind() {
            return "a mapping";
        }

        public boolean has(String key) {
            return entries.containsKey(key);
        }

        /** The value of a key, or null. */
        public @Nullable YamlNode get(String key) {
            Entry entry = entries.get(key);
            return entry == null ? null : entry.value();
        }

        /**
         * The value of a key that must be there.
         *
         * @throws SpecException naming the key that is missing from {@code what}
         */
        public YamlNode require(String key, String what) {
            YamlNode value = get(key);
            if (value == null) {
                throw new SpecException(where, what + " needs '" + key + "'");
            }
            return value;
        }

        /**
         * Refuses keys that {@code what} does not know.
         *
         * @throws SpecException at the key, with the nearest known name and the list of known ones
         */
        public void onlyKeys(String what, java.util.Collection<String> known) {
            entries.forEach(
                    (key, entry) -> {
                        if (!known.contains(key)) {
                            throw new SpecException(
                                    entry.keyWhere(),
                                    "unknown key '"
                                            + key
                                            + "' in "
                                            + what
                                            + Nearest.hint(key, known)
                                            + "\n  known keys: "
                                            + String.join(", ", known));
                        }
                    });
        }
    }

    /** A mapping's entry. */
    record Entry(Where keyWhere, YamlNode value) {}
}
