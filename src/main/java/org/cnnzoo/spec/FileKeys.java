package org.cnnzoo.spec;

import static org.cnnzoo.spec.ArchitectureSchema.any;
import static org.cnnzoo.spec.ArchitectureSchema.map;
import static org.cnnzoo.spec.ArchitectureSchema.object;
import static org.cnnzoo.spec.ArchitectureSchema.orComputed;
import static org.cnnzoo.spec.ArchitectureSchema.ref;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The schema of a file's top-level keys; the words are {@link ArchitectureSchema}'s. */
final class FileKeys {
    private static final Map<String, Object> TEXT = map("type", "string");
    private static final Map<String, Object> NAME =
            map("type", List.of("string", "integer"), "pattern", "^[A-Za-z0-9_-]+$");
    private static final Map<String, Object> COUNT = map("type", "integer", "minimum", 0);
    private static final Map<String, Object> FACTOR =
            orComputed(map("type", "number", "exclusiveMinimum", 0, "maximum", 100));

    private FileKeys() {}

    static Map<String, Object> schema() {
        Map<String, Object> keys = new LinkedHashMap<>();
        put(keys, "name", "What the model is called.", NAME);
        put(keys, "aliases", "Other names it is found by.", map("type", "array", "items", NAME));
        put(keys, "description", "One line for the list of models.", TEXT);
        put(keys, "paper", "A link to the paper.", TEXT);
        put(
                keys,
                "template",
                "true: the file only serves its variants and is no model of its own.",
                map("type", "boolean"));
        put(keys, "variant_of", "The file beside this one that has the layers.", NAME);
        put(
                keys,
                "input",
                "What the network takes.",
                orComputed(
                        object(
                                map(
                                        "shape",
                                        orComputed(shape()),
                                        "minimum",
                                        orComputed(map("type", "integer", "minimum", 1))))));
        put(
                keys,
                "params",
                "Parameters and their defaults; `classes` is one of them.",
                map("type", "object", "additionalProperties", parameter()));
        put(
                keys,
                "channels",
                "The width multiplier: applies to every `out`.",
                object(
                        map(
                                "multiplier",
                                FACTOR,
                                "divisor",
                                orComputed(map("type", "integer", "minimum", 1)))));
        put(
                keys,
                "repeats",
                "The depth multiplier: applies to every `repeat` column.",
                object(map("multiplier", FACTOR)));
        put(keys, "defaults", "Arguments of words where a layer says nothing.", defaults());
        put(
                keys,
                "expect",
                "Facts that must hold at the defaults.",
                object(map("trainable", COUNT, "macs", COUNT, "features", shape())));
        put(keys, "recipe", "The model's own training settings.", map("type", "object"));
        put(keys, "blocks", "Layers by name, to be called like words.", blocks());
        put(keys, "features", "The backbone: a list of layers.", ref("#/$defs/layers"));
        put(keys, "head", "From features to the classes' logits.", ref("#/$defs/layers"));
        return keys;
    }

    private static void put(
            Map<String, Object> keys, String key, String doc, Map<String, Object> schema) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("description", doc);
        described.putAll(schema);
        keys.put(key, described);
    }

    private static Map<String, Object> shape() {
        return map(
                "type",
                "array",
                "items",
                orComputed(map("type", "integer", "minimum", 1)),
                "minItems",
                1,
                "maxItems",
                3);
    }

    private static Map<String, Object> parameter() {
        return any(
                map("type", List.of("string", "number", "boolean", "array", "null")),
                map(
                        "type",
                        "object",
                        "properties",
                        map("default", map(), "choices", map("type", "array"), "doc", TEXT),
                        "required",
                        List.of("default"),
                        "additionalProperties",
                        false));
    }

    private static Map<String, Object> defaults() {
        Map<String, Object> words = new LinkedHashMap<>();
        for (Word word : Words.all().values()) {
            if (word.kind() != Word.Kind.STRUCTURE) {
                words.put(word.name(), object(ArchitectureSchema.arguments(word)));
            }
        }
        return object(words);
    }

    private static Map<String, Object> blocks() {
        return map(
                "type",
                "object",
                "additionalProperties",
                any(
                        map("type", "array", "items", ref("#/$defs/layer")),
                        map(
                                "type",
                                "object",
                                "properties",
                                map("args", map("type", "array"), "layers", ref("#/$defs/layers")),
                                "required",
                                List.of("layers"),
                                "additionalProperties",
                                false)));
    }
}
