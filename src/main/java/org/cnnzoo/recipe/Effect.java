package org.cnnzoo.recipe;

import java.util.List;
import java.util.stream.Collectors;

/**
 * When a setting has an effect: another one is among some values.
 *
 * @param other the setting that decides
 * @param values those that let the setting have its effect; none: all but its default
 */
public record Effect(Setting<?> other, List<Object> values) {
    public Effect {
        values = List.copyOf(values);
    }

    /** Whether a value of the other setting lets this one have its effect. */
    boolean holdsWith(Object value) {
        return values.isEmpty() ? !value.equals(other.byDefault()) : values.contains(value);
    }

    /** What the other one must be: {@code lr-scheduler step or multistep}; {@code model-ema}. */
    @Override
    public String toString() {
        return values.isEmpty() || values.equals(List.of(true))
                ? other.key()
                : other.key()
                        + " "
                        + values.stream()
                                .map(value -> Setting.plain(value).toString())
                                .collect(Collectors.joining(" or "));
    }
}
