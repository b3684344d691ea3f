package org.cnnzoo.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the words that stand for operations: their arguments, defaults, and composites. */
final class WordReader {
    /** Whose defaults a word takes besides its own, nearest first. */
    private static final Map<String, List<String>> KIN =
            Map.of(
                    "conv_bn", List.of("conv", "bn"),
                    "depthwise_bn", List.of("depthwise", "bn"),
                    "expand_bn", List.of("conv_bn", "conv", "bn"),
                    "classifier", List.of("dense"));

    private final Scope root;
    private final Map<String, YamlNode.Mapping> defaults;
    private final Multiplier multiplier;

    WordReader(Scope root, Map<String, YamlNode.Mapping> defaults, Multiplier multiplier) {
        this.root = root;
        this.defaults = defaults;
        this.multiplier = multiplier;
    }

    /** The names that hold everywhere in the file. */
    Scope root() {
        return root;
    }

    Layer read(String segment, Word word, Where where, Optional<YamlNode> given) {
        Arguments arguments = arguments(word, where, given);
        return word.kind() == Word.Kind.COMPOSITE
                ? new Composites(this, where).layer(segment, word, arguments)
                : operation(segment, word, arguments, where);
    }

    /** One operation, with its activation behind it where it has one. */
    static Layer operation(String segment, Word word, Arguments arguments, Where where) {
        Layer single = new Layer.Single(segment, word, arguments, where);
        if (!arguments.has("act") || arguments.activation("act").isIdentity()) {
            return single;
        }
        return new Layer.Group(
                segment,
                Layer.Frame.OUTER,
                List.of(
                        new Layer.Single("", word, arguments, where),
                        activation("act", arguments.activation("act"), where)),
                where);
    }

    static Layer activation(String segment, Activation activation, Where where) {
        Word word = Words.get(activation.kind().word());
        Map<String, Object> alpha =
                activation.kind().hasParameter() ? Map.of("alpha", activation.alpha()) : Map.of();
        return new Layer.Single(segment, word, new Arguments(alpha), where);
    }

    /** The arguments of a call: what was given, else the file's defaults, else the word's own. */
    Arguments arguments(Word word, Where where, Optional<YamlNode> given) {
        Map<String, YamlNode> nodes = new LinkedHashMap<>();
        given.ifPresent(node -> collect(word, node, nodes));
        Map<String, Object> values = new LinkedHashMap<>();
        for (Argument argument : word.arguments()) {
            YamlNode node = nodes.get(argument.name());
            if (node == null) {
                node = fileDefault(word, argument);
            }
            if (node == null && argument.required()) {
                throw new SpecException(
                        where,
                        word.name()
                                + " needs '"
                                + argument.name()
                                + "' ("
                                + argument.doc()
                                + ")"
                                + example(word));
            }
            if (node == null && !Argument.OPTIONAL.equals(argument.fallback())) {
                node = new YamlNode.Scalar(String.valueOf(argument.fallback()), false, where);
            }
            if (node != null && !structural(argument)) {
                values.put(argument.name(), value(word, argument, node));
            }
        }
        if (values.get("out") instanceof ChannelCount.Exact out) {
            double least = values.get("min_multiplier") instanceof Double number ? number : 0;
            values.put("out", new ChannelCount.Exact(multiplier.channels(out.count(), least)));
        }
        return new Arguments(values);
    }

    /** The value; a message about one that came through a name says where that name stands. */
    private static Object value(Word word, Argument argument, YamlNode node) {
        try {
            return ArgumentReader.read(word, argument, node);
        } catch (SpecException e) {
            if (node instanceof YamlNode.Scalar scalar && scalar.name() != null) {
                throw e.and(scalar.through());
            }
            throw e;
        }
    }

    private static String example(Word word) {
        List<String> required =
                word.arguments().stream().filter(Argument::required).map(Argument::name).toList();
        boolean single = required.equals(List.of(String.valueOf(word.shorthand())));
        return "\n  as {"
                + word.name()
                + (single ? ": ...}" : ": {" + String.join(": ..., ", required) + ": ...}}");
    }

    private static boolean structural(Argument argument) {
        return switch (argument.type()) {
            case LAYERS, MISMATCH, BRANCHES, ROWS -> true;
            default -> false;
        };
    }

    /** Sorts what a call gives into arguments by name. */
    static void collect(Word word, YamlNode node, Map<String, YamlNode> nodes) {
        if (node instanceof YamlNode.Mapping mapping && !Product.is(mapping)) {
            List<String> known = new ArrayList<>(word.argumentNames());
            known.add("name");
            mapping.onlyKeys(word.name(), known);
            mapping.entries().forEach((key, entry) -> nodes.put(key, entry.value()));
            return;
        }
        @Nullable String shorthand = word.shorthand();
        if (shorthand == null) {
            throw new SpecException(
                    node.where(),
                    word.name()
                            + (word.arguments().isEmpty()
                                    ? " takes no arguments, here is " + node.kind()
                                    : " takes a mapping of arguments ("
                                            + String.join(", ", word.argumentNames())
                                            + "), not "
                                            + node.kind()));
        }
        nodes.put(shorthand, node);
    }

    private @Nullable YamlNode fileDefault(Word word, Argument argument) {
        List<String> whose = new ArrayList<>();
        whose.add(word.name());
        whose.addAll(KIN.getOrDefault(word.name(), List.of()));
        for (String name : whose) {
            YamlNode.Mapping mapping = defaults.get(name);
            if (mapping != null && mapping.has(argument.name())) {
                return mapping.get(argument.name());
            }
        }
        return null;
    }
}
