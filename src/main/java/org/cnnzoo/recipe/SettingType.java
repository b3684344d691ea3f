package org.cnnzoo.recipe;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cnnzoo.errors.Labelled;
import org.cnnzoo.errors.Nearest;
import org.cnnzoo.spec.SpecException;
import org.cnnzoo.spec.YamlNode;

/**
 * What values a setting takes.
 *
 * @param <T> the value in Java
 */
public sealed interface SettingType<T> {
    /**
     * Reads a value.
     *
     * @throws SpecException at the value's place, saying what was expected
     */
    T read(YamlNode node);

    /** What is expected, as a noun: "a number above 0". */
    String expected();

    /** What stands for the value in {@code --help}: {@code N}, {@code X}, {@code sgd|adam}. */
    String label();

    /** The words among which a value is, if there are only so many; else none. */
    default List<String> words() {
        return List.of();
    }

    /** The value as YAML that {@link #read} reads back. */
    default String yaml(T value) {
        return value.toString();
    }

    /** A whole number. */
    record Whole(Range range) implements SettingType<Long> {
        @Override
        public Long read(YamlNode node) {
            if (node instanceof YamlNode.Scalar scalar && scalar.value() instanceof Long value) {
                if (range.allows(value)) {
                    return value;
                }
                if (value > range.max()) {
                    throw new SpecException(
                            node.where(),
                            "%d is too large: a whole number up to %s was expected"
                                    .formatted(value, Range.plain(range.max())));
                }
            }
            throw unexpected(this, node);
        }

        @Override
        public String expected() {
            return "a whole number " + range;
        }

        @Override
        public String label() {
            return "N";
        }
    }

    /** A number, whole or not. */
    record Decimal(Range range) implements SettingType<Double> {
        @Override
        public Double read(YamlNode node) {
            if (node instanceof YamlNode.Scalar scalar
                    && scalar.value() instanceof Number value
                    && range.allows(value.doubleValue())) {
                return value.doubleValue();
            }
            throw unexpected(this, node);
        }

        @Override
        public String expected() {
            return "a number " + range;
        }

        @Override
        public String label() {
            return "X";
        }

        @Override
        public String yaml(Double value) {
            return Range.plain(value);
        }
    }

    /** True or false; its flag alone means true. */
    record Switch() implements SettingType<Boolean> {
        @Override
        public Boolean read(YamlNode node) {
            if (node instanceof YamlNode.Scalar scalar && scalar.value() instanceof Boolean value) {
                return value;
            }
            throw unexpected(this, node);
        }

        @Override
        public String expected() {
            return "true or false";
        }

        @Override
        public String label() {
            return "true|false";
        }
    }

    /** One of a few words. */
    record Choice(List<String> words) implements SettingType<String> {
        public Choice {
            words = List.copyOf(words);
        }

        @Override
        public String read(YamlNode node) {
            if (!(node instanceof YamlNode.Scalar scalar)) {
                throw unexpected(this, node);
            }
            if (words.contains(scalar.text())) {
                return scalar.text();
            }
            throw new SpecException(
                    node.where(),
                    expected()
                            + " was expected, not "
                            + scalar.kind()
                            + Nearest.hint(scalar.text(), words));
        }

        @Override
        public String expected() {
            return "one of " + String.join(", ", words);
        }

        @Override
        public String label() {
            return String.join("|", words);
        }
    }

    /** One of an enum's constants, by its label. */
    record Constant<E extends Enum<E> & Labelled>(Class<E> type) implements SettingType<E> {
        /** The labels, in the enum's order. */
        @Override
        public List<String> words() {
            return Stream.of(type.getEnumConstants()).map(Labelled::label).toList();
        }

        private Choice labels() {
            return new Choice(words());
        }

        @Override
        public E read(YamlNode node) {
            return type.getEnumConstants()[words().indexOf(labels().read(node))];
        }

        @Override
        public String expected() {
            return labels().expected();
        }

        @Override
        public String label() {
            return labels().label();
        }

        @Override
        public String yaml(E value) {
            return value.label();
        }
    }

    /** Any text that isn't empty, such as a name or a path. */
    record Text(String label) implements SettingType<String> {
        @Override
        public String read(YamlNode node) {
            if (node instanceof YamlNode.Scalar scalar && !scalar.text().isBlank()) {
                return scalar.text();
            }
            throw unexpected(this, node);
        }

        @Override
        public String expected() {
            return "a text";
        }

        @Override
        public String yaml(String value) {
            return YamlText.scalar(value);
        }
    }

    /** Whole numbers, each greater than the one before; on the command line {@code 30,60,80}. */
    record Rising() implements SettingType<List<Long>> {
        private static final Whole ITEM = new Whole(Range.atLeast(1));

        @Override
        public List<Long> read(YamlNode node) {
            if (!(node instanceof YamlNode.Sequence sequence) || sequence.items().isEmpty()) {
                throw unexpected(this, node);
            }
            List<Long> values = new ArrayList<>();
            for (YamlNode item : sequence.items()) {
                long value = ITEM.read(item);
                if (!values.isEmpty() && value <= values.get(values.size() - 1)) {
                    throw unexpected(this, node);
                }
                values.add(value);
            }
            return List.copyOf(values);
        }

        @Override
        public String expected() {
            return "a list of rising whole numbers, such as [30, 60, 80],";
        }

        @Override
        public String label() {
            return "N,N,...";
        }

        @Override
        public String yaml(List<Long> value) {
            return value.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
        }
    }

    private static SpecException unexpected(SettingType<?> type, YamlNode node) {
        return new SpecException(
                node.where(), type.expected() + " was expected, not " + node.kind());
    }
}
