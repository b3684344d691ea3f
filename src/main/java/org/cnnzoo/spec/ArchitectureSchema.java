package org.cnnzoo.spec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON Schema (draft 2020-12) of architecture files, made from {@link Words}, for editors that
 * complete and check while one types. It knows less than the reader: not which names and blocks a
 * file has, nor shapes.
 */
public final class ArchitectureSchema {
    private static final String LAYERS = "#/$defs/layers";
    private static final String COMPUTED = "#/$defs/computed";

    private ArchitectureSchema() {}

    /** The schema as indented JSON, with a line break at its end. */
    public static String json() {
        try {
            return new ObjectMapper()
                            .enable(SerializationFeature.INDENT_OUTPUT)
                            .writeValueAsString(schema())
                    + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Object> schema() {
        Map<String, Object> keys = FileKeys.schema();
        Map<String, Object> closed = new LinkedHashMap<>();
        for (String key : ArchitectureReader.KEYS) {
            if (!ArchitectureReader.VARIANT_KEYS.contains(key)) {
                closed.put(key, false);
            }
        }
        return map(
                "$schema",
                "https://json-schema.org/draft/2020-12/schema",
                "title",
                "cnn architecture",
                "description",
                "A convolutional network; docs/architecture-files.md explains it.",
                "type",
                "object",
                "properties",
                keys,
                "additionalProperties",
                false,
                "anyOf",
                List.of(
                        map("required", List.of("name", "variant_of")),
                        map("required", List.of("name", "input", "params", "features", "head"))),
                "dependentSchemas",
                map("variant_of", map("properties", closed)),
                "$defs",
                definitions());
    }

    private static Map<String, Object> definitions() {
        Map<String, Object> defs = new LinkedHashMap<>();
        defs.put(
                "computed",
                map(
                        "anyOf",
                        List.of(
                                map("type", "string", "pattern", "^\\$[A-Za-z][A-Za-z0-9_]*$"),
                                object(map("choose", ref("#/$defs/choose"))),
                                object(map("product", map(), "divisor", map())),
                                object(map("quotient", map(), "divisor", map())))));
        defs.put(
                "choose",
                map(
                        "description",
                        "A value that depends on another one.",
                        "type",
                        "object",
                        "properties",
                        map(
                                "by", map("description", "what it goes by, as $name"),
                                "cases", map("type", "object"),
                                "otherwise", map("description", "where no case fits")),
                        "required",
                        List.of("by", "cases"),
                        "additionalProperties",
                        false));
        defs.put("layers", orComputed(map("type", "array", "items", ref("#/$defs/layer"))));
        defs.put("layer", layer());
        return defs;
    }

    /** A word, a call of a block, or a list of layers in their place. */
    private static Map<String, Object> layer() {
        Map<String, Object> words = new LinkedHashMap<>();
        words.put("choose", ref("#/$defs/choose"));
        Words.all().values().forEach(word -> words.put(word.name(), word(word)));
        return map(
                "anyOf",
                List.of(
                        map("enum", List.copyOf(Words.all().keySet())),
                        map("type", "string", "description", "a block of the file, or $name"),
                        map("type", "array", "items", ref("#/$defs/layer")),
                        map(
                                "type",
                                "object",
                                "minProperties",
                                1,
                                "maxProperties",
                                1,
                                "properties",
                                words,
                                "additionalProperties",
                                map("description", "a call of a block of the file"))));
    }

    private static Map<String, Object> word(Word word) {
        Map<String, Object> arguments = arguments(word);
        arguments.put("name", map("type", "string", "description", "the layer's name in its path"));
        List<Object> ways = new ArrayList<>();
        ways.add(object(arguments));
        ways.add(map("type", "null"));
        word.argument(String.valueOf(word.shorthand())).ifPresent(a -> ways.add(argument(a)));
        return map("description", word.summary(), "anyOf", ways);
    }

    /** The arguments of a word by name. */
    static Map<String, Object> arguments(Word word) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        word.arguments().forEach(argument -> arguments.put(argument.name(), argument(argument)));
        return arguments;
    }

    private static Map<String, Object> argument(Argument argument) {
        Map<String, Object> schema = new LinkedHashMap<>();
        String fallback = argument.fallback();
        schema.put(
                "description",
                argument.doc()
                        + (fallback == null || fallback.isEmpty()
                                ? ""
                                : " (default " + fallback + ")"));
        schema.putAll(orComputed(type(argument)));
        return schema;
    }

    private static Map<String, Object> type(Argument a) {
        Map<String, Object> whole = range("integer", a);
        Map<String, Object> words = map("enum", a.choices());
        return switch (a.type()) {
            case INTEGER, CHANNELS -> whole;
            case NUMBER -> range("number", a);
            case BOOLEAN -> map("type", "boolean");
            case TEXT -> map("type", "string");
            case CHOICE -> words;
            case SIZE -> any(whole, list(whole, 2));
            case PADDING -> any(whole, words, list(whole, 2), list(whole, 4));
            case ACTIVATION -> any(words, map("type", "null"), one(alphas()));
            case INIT -> any(words, one(deviations()));
            case DROP_PATH ->
                    any(range("number", a), one(map("linear", orComputed(range("number", a)))));
            case LAYERS -> ref(LAYERS);
            case MISMATCH -> any(words, ref(LAYERS));
            case BRANCHES ->
                    any(
                            map("type", "array", "items", ref("#/$defs/layer")),
                            map("type", "object", "additionalProperties", ref("#/$defs/layer")));
            case ROWS -> map("type", List.of("array", "object"));
        };
    }

    private static Map<String, Object> alphas() {
        Map<String, Object> alphas = new LinkedHashMap<>();
        for (ActivationKind kind : ActivationKind.values()) {
            if (kind.hasParameter()) {
                alphas.put(kind.word(), orComputed(map("type", "number")));
            }
        }
        return alphas;
    }

    private static Map<String, Object> deviations() {
        Map<String, Object> deviations = new LinkedHashMap<>();
        for (Init.Kind kind : Init.Kind.values()) {
            if (kind.hasValue()) {
                deviations.put(
                        kind.name().toLowerCase(java.util.Locale.ROOT),
                        orComputed(map("type", "number")));
            }
        }
        return deviations;
    }

    private static Map<String, Object> range(String type, Argument a) {
        return map("type", type, "minimum", plain(a.least()), "maximum", plain(a.most()));
    }

    private static Object plain(double value) {
        if (value == Math.rint(value)) {
            return (long) value;
        }
        return value;
    }

    private static Map<String, Object> list(Map<String, Object> item, int length) {
        return map(
                "type", "array", "items", orComputed(item), "minItems", length, "maxItems", length);
    }

    private static Map<String, Object> one(Map<String, Object> properties) {
        Map<String, Object> schema = object(properties);
        schema.put("minProperties", 1);
        schema.put("maxProperties", 1);
        return schema;
    }

    static Map<String, Object> object(Map<String, Object> properties) {
        return map("type", "object", "properties", properties, "additionalProperties", false);
    }

    static Map<String, Object> orComputed(Map<String, Object> schema) {
        return any(schema, ref(COMPUTED));
    }

    static Map<String, Object> any(Object... schemas) {
        return map("anyOf", List.of(schemas));
    }

    static Map<String, Object> ref(String to) {
        return map("$ref", to);
    }

    /** Names and what they stand for, in this order. */
    static Map<String, Object> map(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
