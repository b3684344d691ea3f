package org.cnnzoo.spec;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cnnzoo.errors.Nearest;

/** Reads lists of layers: words, calls of the file's blocks, and structures. */
final class LayerReader {
    private static final int MAX_LAYERS = 20_000;

    private final Map<String, Block> blocks;
    private final WordReader words;
    private final StructureReader structures;
    private final Deque<String> calls = new ArrayDeque<>();
    private int layers;

    LayerReader(Map<String, Block> blocks, WordReader words, Multiplier multiplier) {
        this.blocks = blocks;
        this.words = words;
        this.structures = new StructureReader(this, words, multiplier);
    }

    /** The layers of a list, named by their positions. */
    List<Layer> list(String what, YamlNode node, Scope scope) {
        YamlNode resolved = scope.resolve(node);
        if (!(resolved instanceof YamlNode.Sequence sequence)) {
            throw new SpecException(
                    resolved.where(),
                    what + " is " + resolved.kind() + "; expected a list of layers");
        }
        return resolvedList(sequence);
    }

    /** The same for a list without names that would still have to be resolved. */
    List<Layer> resolvedList(YamlNode.Sequence sequence) {
        List<Layer> list = new ArrayList<>();
        for (int i = 0; i < sequence.items().size(); i++) {
            list.add(layer(String.valueOf(i), sequence.items().get(i)));
        }
        return list;
    }

    /** One item of a list. */
    Layer layer(String segment, YamlNode item) {
        count(item.where());
        if (item instanceof YamlNode.Sequence nested) {
            return new Layer.Group(segment, Layer.Frame.OUTER, collapse(nested), item.where());
        }
        if (item instanceof YamlNode.Scalar scalar) {
            if (!(scalar.value() instanceof String name)) {
                throw new SpecException(item.where(), "a layer is a word, not " + scalar.kind());
            }
            return call(segment, name, item.where(), Optional.empty());
        }
        YamlNode.Mapping mapping = (YamlNode.Mapping) item;
        if (mapping.entries().size() != 1) {
            throw new SpecException(
                    item.where(),
                    mapping.entries().isEmpty()
                            ? "an empty layer"
                            : "a layer has one word, this one has "
                                    + String.join(", ", mapping.entries().keySet())
                                    + "\n  arguments go below the word: {conv: {out: 64, kernel:"
                                    + " 3}}");
        }
        Map.Entry<String, YamlNode.Entry> entry = mapping.entries().entrySet().iterator().next();
        YamlNode arguments = entry.getValue().value();
        boolean none = arguments instanceof YamlNode.Scalar s && s.value() == null;
        return call(
                segment,
                entry.getKey(),
                entry.getValue().keyWhere(),
                none ? Optional.empty() : Optional.of(arguments));
    }

    /** Counts a layer, or a copy of some: a short file must not make an endless network. */
    void count(Where where) {
        if (++layers > MAX_LAYERS) {
            throw new SpecException(where, "the network has more than " + MAX_LAYERS + " layers");
        }
    }

    private Layer call(String segment, String name, Where where, Optional<YamlNode> arguments) {
        String named = nameOf(arguments).orElse(segment);
        if (blocks.containsKey(name)) {
            return block(named, blocks.get(name), where, arguments);
        }
        Word word = Words.all().get(name);
        if (word == null) {
            List<String> known = new ArrayList<>(Words.all().keySet());
            known.addAll(blocks.keySet());
            String own =
                    blocks.isEmpty()
                            ? ""
                            : "\n  this file's blocks: " + String.join(", ", blocks.keySet());
            throw new SpecException(
                    where, "there is no layer '" + name + "'" + Nearest.hint(name, known) + own);
        }
        return word.kind() == Word.Kind.STRUCTURE
                ? structures.read(named, word, where, arguments)
                : words.read(named, word, where, arguments);
    }

    private static Optional<String> nameOf(Optional<YamlNode> arguments) {
        if (arguments.orElse(null) instanceof YamlNode.Mapping mapping) {
            YamlNode name = mapping.get("name");
            if (name != null) {
                return Optional.of(segment("'name'", name));
            }
        }
        return Optional.empty();
    }

    /** A name that may be part of a path. */
    static String segment(String what, YamlNode node) {
        String text = ArgumentReader.text(what, node);
        if (!text.matches("[A-Za-z0-9_-]+")) {
            throw new SpecException(
                    node.where(), what + " is '" + text + "'; a name has letters, digits, _ and -");
        }
        return text;
    }

    private Layer block(String segment, Block block, Where where, Optional<YamlNode> arguments) {
        Map<String, YamlNode> given = new LinkedHashMap<>();
        YamlNode node = arguments.orElse(null);
        if (node instanceof YamlNode.Mapping mapping && !Product.is(mapping)) {
            List<String> known = new ArrayList<>(block.arguments());
            known.add("name");
            mapping.onlyKeys("block " + block.name(), known);
            mapping.entries().forEach((key, entry) -> given.put(key, entry.value()));
            if (!block.arguments().contains("name")) {
                given.remove("name");
            }
        } else if (node instanceof YamlNode.Sequence sequence) {
            positional(block, sequence, given);
        } else if (node != null) {
            positional(block, new YamlNode.Sequence(List.of(node), node.where()), given);
        }
        return block(segment, block, where, given);
    }

    private static void positional(
            Block block, YamlNode.Sequence sequence, Map<String, YamlNode> given) {
        if (sequence.items().size() > block.arguments().size()) {
            throw new SpecException(
                    sequence.where(),
                    "block "
                            + block.name()
                            + " takes "
                            + block.arguments().size()
                            + " arguments ("
                            + String.join(", ", block.arguments())
                            + "), here are "
                            + sequence.items().size());
        }
        for (int i = 0; i < sequence.items().size(); i++) {
            given.put(block.arguments().get(i), sequence.items().get(i));
        }
    }

    /** Calls a block with its arguments by name. */
    Layer block(String segment, Block block, Where where, Map<String, YamlNode> given) {
        count(where);
        if (!calls.isEmpty()) {
            given.values().forEach(value -> refuseIn(block, value));
        }
        Map<String, YamlNode> arguments = new LinkedHashMap<>();
        for (String name : block.arguments()) {
            YamlNode value = given.getOrDefault(name, block.defaults().get(name));
            if (value == null) {
                throw new SpecException(
                        where,
                        "block "
                                + block.name()
                                + " needs '"
                                + name
                                + "'\n  its arguments: "
                                + String.join(", ", block.arguments())
                                + " ("
                                + block.where()
                                + ")");
            }
            arguments.put(name, value);
        }
        if (calls.contains(block.name())) {
            throw new SpecException(
                    where,
                    "block "
                            + block.name()
                            + " contains itself: "
                            + String.join(" > ", calls)
                            + " > "
                            + block.name());
        }
        calls.addLast(block.name());
        YamlNode body = words.root().with(arguments).resolve(block.layers());
        if (!(body instanceof YamlNode.Sequence sequence)) {
            throw new SpecException(
                    body.where(),
                    "'layers' of block "
                            + block.name()
                            + " is "
                            + body.kind()
                            + "; expected a list of layers");
        }
        List<Layer> inside = collapse(sequence);
        calls.removeLast();
        return new Layer.Group(segment, Layer.Frame.BLOCK, inside, where);
    }

    /** Inside another block it would come to mean what arrives at this one. */
    private static void refuseIn(Block block, YamlNode value) {
        if (value instanceof YamlNode.Scalar scalar) {
            if (Product.isIn(scalar)) {
                throw new SpecException(
                        value.where(),
                        "$in can't be handed on to block "
                                + block.name()
                                + " from inside another block"
                                + "\n  in "
                                + block.name()
                                + " itself $in is what arrives there");
            }
        } else if (value instanceof YamlNode.Sequence sequence) {
            sequence.items().forEach(item -> refuseIn(block, item));
        } else if (value instanceof YamlNode.Mapping mapping) {
            mapping.entries().values().forEach(entry -> refuseIn(block, entry.value()));
        }
    }

    Optional<Block> blockOf(String name) {
        return Optional.ofNullable(blocks.get(name));
    }

    List<String> blockNames() {
        return List.copyOf(blocks.keySet());
    }

    /** A list's layers; a single one needs no position in its path. */
    private List<Layer> collapse(YamlNode.Sequence sequence) {
        return sequence.items().size() == 1
                ? List.of(layer("", sequence.items().get(0)))
                : resolvedList(sequence);
    }
}
