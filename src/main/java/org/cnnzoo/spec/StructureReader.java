package org.cnnzoo.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.cnnzoo.errors.Nearest;
import org.jspecify.annotations.Nullable;

/** Reads the words that arrange layers: residual, branches, repeat, stages, aux, tap, from. */
final class StructureReader {
    private final LayerReader layers;
    private final WordReader words;
    private final StageTable stages;

    StructureReader(LayerReader layers, WordReader words, Multiplier multiplier) {
        this.layers = layers;
        this.words = words;
        this.stages = new StageTable(layers, multiplier);
    }

    Layer read(String segment, Word word, Where where, Optional<YamlNode> given) {
        Arguments simple = words.arguments(word, where, given);
        Map<String, YamlNode> nodes = new LinkedHashMap<>();
        given.ifPresent(node -> WordReader.collect(word, node, nodes));
        return switch (word.name()) {
            case "residual" -> residual(segment, simple, nodes, where);
            case "branches" -> branches(segment, simple, nodes, where);
            case "repeat" -> repeat(segment, simple, nodes, where);
            case "stages" -> stages.read(segment, simple.word("block"), nodes, where);
            case "aux" ->
                    new Layer.Auxiliary(
                            segment, simple.number("weight"), list(nodes, "layers"), where);
            case "tap" -> new Layer.Tap(segment, simple.word("as"), where);
            case "from" -> new Layer.From(segment, simple.word("tap"), where);
            default -> throw new IllegalStateException("no structure " + word.name());
        };
    }

    private Layer residual(
            String segment, Arguments simple, Map<String, YamlNode> nodes, Where where) {
        return new Layer.Residual(
                segment,
                list(nodes, "main"),
                nodes.containsKey("shortcut") ? list(nodes, "shortcut") : List.of(),
                onMismatch(nodes.get("on_mismatch")),
                join(simple),
                simple.flag("plain"),
                simple.dropPath("drop_path"),
                simple.number("scale"),
                simple.activation("act"),
                where);
    }

    private static Join join(Arguments simple) {
        return Join.valueOf(simple.word("join").toUpperCase(Locale.ROOT));
    }

    private Layer.OnMismatch onMismatch(@Nullable YamlNode node) {
        if (node == null) {
            return new Layer.OnMismatch.Refuse();
        }
        if (node instanceof YamlNode.Sequence sequence) {
            return new Layer.OnMismatch.Through(layers.resolvedList(sequence));
        }
        String what = "'on_mismatch' of residual";
        if (!(node instanceof YamlNode.Scalar)) {
            throw ArgumentReader.wrong(what, Argument.Type.MISMATCH, node);
        }
        String word = ArgumentReader.text(what, node);
        return switch (word) {
            case "error" -> new Layer.OnMismatch.Refuse();
            case "project" -> new Layer.OnMismatch.Project();
            case "pad" -> new Layer.OnMismatch.Pad();
            case "drop" -> new Layer.OnMismatch.Drop();
            default -> {
                List<String> known = List.of("error", "project", "pad", "drop");
                throw new SpecException(
                        node.where(),
                        what
                                + " can't be '"
                                + word
                                + "'"
                                + Nearest.hint(word, known)
                                + "\n  known: error, project, pad, drop, or a list of layers");
            }
        };
    }

    private Layer branches(
            String segment, Arguments simple, Map<String, YamlNode> nodes, Where where) {
        YamlNode of = nodes.get("of");
        Map<String, List<Layer>> branches = new LinkedHashMap<>();
        if (of instanceof YamlNode.Sequence sequence) {
            for (int i = 0; i < sequence.items().size(); i++) {
                branches.put(String.valueOf(i), branch(sequence.items().get(i)));
            }
        } else if (of instanceof YamlNode.Mapping mapping) {
            mapping.entries()
                    .forEach(
                            (name, entry) ->
                                    branches.put(
                                            LayerReader.segment(
                                                    "a branch's name",
                                                    new YamlNode.Scalar(
                                                            name, true, entry.keyWhere())),
                                            branch(entry.value())));
        } else if (of == null) {
            throw new SpecException(where, "branches needs 'of', the list of its branches");
        } else {
            throw ArgumentReader.wrong("'of' of branches", Argument.Type.BRANCHES, of);
        }
        if (branches.size() < 2) {
            throw new SpecException(
                    where, "branches needs two branches or more, here is " + branches.size());
        }
        Layer joined =
                new Layer.Branches(segment, join(simple), simple.flag("split"), branches, where);
        return behind(joined, simple.activation("act"), where);
    }

    /** A branch may be written as a list or, with a single layer, as that layer. */
    private List<Layer> branch(YamlNode node) {
        return node instanceof YamlNode.Sequence sequence
                ? layers.resolvedList(sequence)
                : List.of(layers.layer("0", node));
    }

    private static Layer behind(Layer layer, Activation activation, Where where) {
        if (activation.isIdentity()) {
            return layer;
        }
        Layer.Branches b = (Layer.Branches) layer;
        return new Layer.Group(
                b.segment(),
                Layer.Frame.OUTER,
                List.of(
                        new Layer.Branches("", b.join(), b.split(), b.of(), where),
                        WordReader.activation("act", activation, where)),
                where);
    }

    private Layer repeat(
            String segment, Arguments simple, Map<String, YamlNode> nodes, Where where) {
        List<Layer> copies = new ArrayList<>();
        for (int i = 0; i < simple.integer("count"); i++) {
            layers.count(where);
            copies.add(
                    new Layer.Group(
                            String.valueOf(i), Layer.Frame.COPY, list(nodes, "layers"), where));
        }
        return new Layer.Group(segment, Layer.Frame.OUTER, copies, where);
    }

    private List<Layer> list(Map<String, YamlNode> nodes, String name) {
        YamlNode node = nodes.get(name);
        if (node instanceof YamlNode.Sequence sequence) {
            return layers.resolvedList(sequence);
        }
        if (node == null) {
            throw new IllegalStateException("required arguments were checked: " + name);
        }
        throw ArgumentReader.wrong("'" + name + "'", Argument.Type.LAYERS, node);
    }
}
