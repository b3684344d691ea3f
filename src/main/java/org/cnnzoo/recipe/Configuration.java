package org.cnnzoo.recipe;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.UnaryOperator;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.recipe.Source.Rank;
import org.cnnzoo.train.Moment;
import org.jspecify.annotations.Nullable;

/** Every setting that has a value, with where the value came from. */
public final class Configuration {
    /**
     * A setting's value.
     *
     * @param value of the type that the setting's {@link SettingType} reads
     */
    public record Resolved(Object value, Source source) {}

    private final Map<Setting<?>, Resolved> values;

    private Configuration(Map<Setting<?>, Resolved> values) {
        this.values = values;
    }

    /**
     * Lays recipes over the defaults, lower ranks first.
     *
     * @throws BadInput if something on the command line would have no effect
     */
    public static Configuration of(SortedMap<Rank, Recipe> recipes) {
        Map<Setting<?>, Resolved> values = new LinkedHashMap<>();
        for (Setting<?> setting : Settings.ALL) {
            Resolved resolved = byDefault(setting);
            for (Map.Entry<Rank, Recipe> layer : recipes.entrySet()) {
                Given given = layer.getValue().values().get(setting);
                if (given != null) {
                    Source source = Source.of(layer.getKey(), given.where());
                    resolved = new Resolved(given.value(), source);
                }
            }
            if (resolved != null) {
                values.put(setting, resolved);
            }
        }
        Configuration configuration = new Configuration(values);
        if (!values.containsKey(Settings.LR_WARMUP_EPOCHS)) {
            configuration.put(Settings.LR_WARMUP_EPOCHS, configuration.warmUp());
        }
        values.forEach(
                (setting, resolved) -> {
                    if (resolved.source().rank() == Rank.COMMAND_LINE) {
                        configuration.refuseIdle(setting, resolved.source());
                    }
                });
        return configuration;
    }

    /** The same with another text for what a setting says, from the same source. */
    Configuration with(Setting<String> setting, UnaryOperator<String> change) {
        Map<Setting<?>, Resolved> changed = new LinkedHashMap<>(values);
        find(setting)
                .ifPresent(
                        text ->
                                changed.put(
                                        setting,
                                        new Resolved(change.apply(text), source(setting))));
        return new Configuration(changed);
    }

    /** The same without a setting, as if nobody had given it. */
    Configuration without(Setting<?> setting) {
        Map<Setting<?>, Resolved> changed = new LinkedHashMap<>(values);
        changed.remove(setting);
        return new Configuration(changed);
    }

    /** Every setting that has a value, in the table's order. */
    public Map<Setting<?>, Resolved> values() {
        return Collections.unmodifiableMap(values);
    }

    /** The value of a setting, if it has one. */
    public <T> Optional<T> find(Setting<T> setting) {
        Resolved resolved = values.get(setting);
        if (resolved == null) {
            return Optional.empty();
        }
        @SuppressWarnings("unchecked") // it was read by the setting's own type
        T value = (T) resolved.value();
        return Optional.of(value);
    }

    /** The value of a setting that has a default. */
    public <T> T get(Setting<T> setting) {
        return find(setting)
                .orElseThrow(() -> new IllegalStateException(setting.key() + " has no value"));
    }

    /** A count as an int. */
    public int count(Setting<Long> setting) {
        return Math.toIntExact(get(setting));
    }

    /** Where the value of a setting came from; {@code default} where it has none. */
    public Source source(Setting<?> setting) {
        Resolved resolved = values.get(setting);
        return resolved == null ? Source.BY_DEFAULT : resolved.source();
    }

    /** Why a setting has no effect here: {@code only with lr-scheduler step}. */
    public Optional<String> idle(Setting<?> setting) {
        Effect effect = setting.effect();
        if (effect == null || effect.holdsWith(get(effect.other()))) {
            return Optional.empty();
        }
        return Optional.of("only with " + effect);
    }

    /** A tenth of the epochs, at most one; a whole number where the rate changes by epoch. */
    private double warmUp() {
        double epochs = Math.min(1, get(Settings.EPOCHS) / 10.0);
        return get(Settings.LR_PACE) == Moment.Pace.EPOCH ? Math.floor(epochs) : epochs;
    }

    private <T> void put(Setting<T> setting, T value) {
        Map<Setting<?>, Resolved> before = new LinkedHashMap<>(values);
        values.clear();
        for (Setting<?> each : Settings.ALL) { // in the table's order
            if (each.equals(setting)) {
                values.put(each, new Resolved(value, Source.BY_DEFAULT));
            } else if (before.containsKey(each)) {
                values.put(each, before.get(each));
            }
        }
    }

    private void refuseIdle(Setting<?> setting, Source source) {
        if (idle(setting).isEmpty()) {
            return;
        }
        Effect effect = Objects.requireNonNull(setting.effect());
        throw new BadInput(
                source
                        + " has an effect only with --"
                        + effect
                        + "; it is "
                        + get(effect.other())
                        + " ("
                        + source(effect.other())
                        + ")");
    }

    private static <T> @Nullable Resolved byDefault(Setting<T> setting) {
        T value = setting.byDefault();
        return value == null ? null : new Resolved(value, Source.BY_DEFAULT);
    }
}
