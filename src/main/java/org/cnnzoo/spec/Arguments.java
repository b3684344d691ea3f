package org.cnnzoo.spec;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The checked arguments of one layer, by the names of its {@link Word}. */
public final class Arguments {
    private final Map<String, Object> values;

    Arguments(Map<String, Object> values) {
        this.values = Map.copyOf(values);
    }

    /** The same with one value replaced. */
    Arguments with(String name, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(values);
        changed.put(name, value);
        return new Arguments(changed);
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    public int integer(String name) {
        return get(name, Long.class).intValue();
    }

    public double number(String name) {
        return get(name, Double.class);
    }

    public boolean flag(String name) {
        return get(name, Boolean.class);
    }

    public String word(String name) {
        return get(name, String.class);
    }

    public Size size(String name) {
        return get(name, Size.class);
    }

    public Padding padding(String name) {
        return get(name, Padding.class);
    }

    public ChannelCount channels(String name) {
        return get(name, ChannelCount.class);
    }

    public Activation activation(String name) {
        return get(name, Activation.class);
    }

    public DropPath dropPath(String name) {
        return get(name, DropPath.class);
    }

    public Init init(String name) {
        return get(name, Init.class);
    }

    /** The value as it is, if there is one. */
    java.util.Optional<Object> value(String name) {
        return java.util.Optional.ofNullable(values.get(name));
    }

    private <T> T get(String name, Class<T> type) {
        @Nullable Object value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("no argument '" + name + "' of " + values.keySet());
        }
        return type.cast(value);
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
