package org.cnnzoo.weights;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cnnzoo.data.Normalization;
import org.cnnzoo.spec.SetValue;
import org.cnnzoo.spec.SpecException;
import org.cnnzoo.spec.YamlNode;
import org.cnnzoo.spec.YamlReader;

/** Reads a mapping's file into {@link Convention}s; {@code docs/weights.md} has its grammar. */
final class MappingReader {
    private static final List<String> KEYS = List.of("layers", "lists", "counts", "set", "images");
    private static final List<String> IMAGE_KEYS = List.of("crop", "mean", "std");

    private MappingReader() {}

    static List<Convention> read(Path path) {
        YamlNode.Mapping root = mapping(YamlReader.read(path));
        List<Convention> conventions = new ArrayList<>();
        root.entries().forEach((name, entry) -> conventions.add(convention(name, entry.value())));
        return conventions;
    }

    private static Convention convention(String name, YamlNode node) {
        YamlNode.Mapping body = mapping(node);
        body.onlyKeys("a convention", KEYS);
        Map<String, List<String>> lists = new LinkedHashMap<>();
        YamlNode listNode = body.get("lists");
        if (listNode != null) {
            mapping(listNode)
                    .entries()
                    .forEach((key, entry) -> lists.put(key, words(entry.value())));
        }
        Map<String, NamePattern> counts = new LinkedHashMap<>();
        YamlNode countNode = body.get("counts");
        if (countNode != null) {
            mapping(countNode)
                    .entries()
                    .forEach((key, entry) -> counts.put(key, pattern(entry.value())));
        }
        List<NameRule> rules = new ArrayList<>();
        mapping(body.require("layers", "a convention"))
                .entries()
                .forEach((ours, entry) -> rules.add(rule(ours, entry, lists, counts)));
        List<SetValue> settings = new ArrayList<>();
        YamlNode setNode = body.get("set");
        if (setNode != null) {
            mapping(setNode)
                    .entries()
                    .forEach(
                            (key, entry) ->
                                    settings.add(
                                            SetValue.of(
                                                    key,
                                                    word(entry.value()),
                                                    entry.keyWhere().toString())));
        }
        Optional<ImagePreparation> images =
                Optional.ofNullable(body.get("images")).map(MappingReader::images);
        return new Convention(name, rules, settings, images);
    }

    private static NameRule rule(
            String ours,
            YamlNode.Entry entry,
            Map<String, List<String>> lists,
            Map<String, NamePattern> counts) {
        try {
            NamePattern pattern = NamePattern.parse(ours);
            NameTemplate template = new NameTemplate(word(entry.value()), pattern, lists, counts);
            return new NameRule(pattern, template, entry.keyWhere());
        } catch (IllegalArgumentException e) {
            throw new SpecException(entry.keyWhere(), e.getMessage());
        }
    }

    private static NamePattern pattern(YamlNode node) {
        try {
            return NamePattern.parse(word(node));
        } catch (IllegalArgumentException e) {
            throw new SpecException(node.where(), e.getMessage());
        }
    }

    private static ImagePreparation images(YamlNode node) {
        YamlNode.Mapping body = mapping(node);
        body.onlyKeys("'images'", IMAGE_KEYS);
        YamlNode crop = body.require("crop", "'images'");
        double fraction = number(crop);
        if (!(fraction > 0 && fraction <= 1)) {
            throw new SpecException(crop.where(), "'crop' must be above 0 and at most 1");
        }
        try {
            return new ImagePreparation(
                    fraction,
                    new Normalization(
                            numbers(body.require("mean", "'images'")),
                            numbers(body.require("std", "'images'"))));
        } catch (IllegalArgumentException e) {
            throw new SpecException(node.where(), e.getMessage());
        }
    }

    private static float[] numbers(YamlNode node) {
        List<String> words = words(node);
        float[] numbers = new float[words.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) number(((YamlNode.Sequence) node).items().get(i));
        }
        return numbers;
    }

    private static double number(YamlNode node) {
        if (node instanceof YamlNode.Scalar scalar && scalar.value() instanceof Number number) {
            return number.doubleValue();
        }
        throw new SpecException(node.where(), "expected a number, not " + node.kind());
    }

    private static List<String> words(YamlNode node) {
        if (node instanceof YamlNode.Sequence sequence) {
            return sequence.items().stream().map(MappingReader::word).toList();
        }
        throw new SpecException(node.where(), "expected a list, not " + node.kind());
    }

    private static String word(YamlNode node) {
        if (node instanceof YamlNode.Scalar scalar) {
            return scalar.text();
        }
        throw new SpecException(node.where(), "expected a word, not " + node.kind());
    }

    private static YamlNode.Mapping mapping(YamlNode node) {
        if (node instanceof YamlNode.Mapping mapping) {
            return mapping;
        }
        throw new SpecException(node.where(), "expected a mapping, not " + node.kind());
    }
}
