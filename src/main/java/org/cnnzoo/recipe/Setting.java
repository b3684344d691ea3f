package org.cnnzoo.recipe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cnnzoo.errors.Labelled;
import org.cnnzoo.spec.Where;
import org.cnnzoo.spec.YamlNode;
import org.jspecify.annotations.Nullable;

/**
 * One thing that can be set, by a flag or in a recipe.
 *
 * @param key its name in recipes, and after two dashes on the command line
 * @param aliases further flags, dashes included ({@code -b}, {@code --sched})
 * @param group the heading it stands under
 * @param type what values it takes
 * @param byDefault its value unless set, or null for none
 * @param doc one line, with the unit
 * @param effect what another setting must be for this one to matter, or null for nothing
 * @param <T> the value in Java
 */
public record Setting<T>(
        String key,
        List<String> aliases,
        Group group,
        SettingType<T> type,
        @Nullable T byDefault,
        String doc,
        @Nullable Effect effect) {

    /** The headings of {@code cnn train --help}. */
    public enum Group {
        WHAT("What is trained"),
        LENGTH("How long"),
        OPTIMIZER("Optimiser"),
        RATE("Learning rate"),
        AUGMENTATION("Augmentation"),
        LOSS("Loss and sampling"),
        RUN("The run"),
        CLUSTER("On a Spark cluster");

        private final String heading;

        Group(String heading) {
            this.heading = heading;
        }

        public String heading() {
            return heading;
        }

        /** Whether a model's own recipe may set it: how it is trained, not on what and where. */
        public boolean ofTraining() {
            return this != WHAT && this != RUN && this != CLUSTER;
        }
    }

    public Setting {
        aliases = List.copyOf(aliases);
    }

    static <T> Setting<T> of(Group group, String key, SettingType<T> type, String doc) {
        return new Setting<>(key, List.of(), group, type, null, doc, null);
    }

    Setting<T> byDefault(@Nullable T value) {
        return new Setting<>(key, aliases, group, type, value, doc, effect);
    }

    Setting<T> alias(String... flags) {
        return new Setting<>(key, List.of(flags), group, type, byDefault, doc, effect);
    }

    /**
     * Matters only if {@code other} is one of {@code values}; without values: is not its default.
     */
    Setting<T> onlyWith(Setting<?> other, Object... values) {
        Effect among = new Effect(other, List.of(values));
        return new Setting<>(key, aliases, group, type, byDefault, doc, among);
    }

    /** The long flag: {@code --} and the key. */
    public String flag() {
        return "--" + key;
    }

    /** Every flag, the long one last as in picocli's help: {@code -b}, {@code --batch-size}. */
    public List<String> flags() {
        List<String> flags = new ArrayList<>(aliases);
        flags.add(flag());
        return flags;
    }

    /** Every name in a recipe: the key, and long aliases without their dashes. */
    public List<String> names() {
        List<String> names = new ArrayList<>(List.of(key));
        aliases.stream()
                .filter(a -> a.startsWith("--"))
                .map(a -> a.substring(2))
                .forEach(names::add);
        return names;
    }

    /**
     * Reads a value given on the command line.
     *
     * @param flag the place for messages, such as {@code --lr} or {@code --set train.lr}
     */
    public Given given(String flag, String text) {
        Where where = Where.flag(flag);
        YamlNode node = new YamlNode.Scalar(text, false, where);
        if (type instanceof SettingType.Rising) {
            String items = text.replaceAll("^\\[|\\]$", "");
            node =
                    new YamlNode.Sequence(
                            List.of(items.split(",", -1)).stream()
                                    .map(
                                            s ->
                                                    (YamlNode)
                                                            new YamlNode.Scalar(
                                                                    s.strip(), false, where))
                                    .toList(),
                            where);
        }
        return given(where, node);
    }

    /**
     * Reads a value.
     *
     * @param where the place of the key
     * @throws org.cnnzoo.spec.SpecException if the value isn't right
     */
    public Given given(Where where, YamlNode node) {
        return new Given(this, type.read(node), where);
    }

    /** The default as a person writes it, if there is one. */
    public Optional<String> shownDefault() {
        return Optional.ofNullable(byDefault).map(type::yaml);
    }

    /** A value that its type has read, as YAML that is read back as the same. */
    public String yaml(Object value) {
        @SuppressWarnings("unchecked") // a Given's value was read by this type
        T typed = (T) value;
        return type.yaml(typed);
    }

    /** A value that its type has read, as JSON has it: a constant by its label. */
    public static Object plain(Object value) {
        return value instanceof Labelled constant ? constant.label() : value;
    }
}
