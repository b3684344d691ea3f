package org.cnnzoo.spec;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cnnzoo.errors.Nearest;
import org.jspecify.annotations.Nullable;

/**
 * Reads an architecture file into an {@link Architecture}; {@code docs/architecture-files.md} says
 * what may stand in one.
 */
public final class ArchitectureReader {
    /** The keys of a file. */
    static final List<String> KEYS =
            List.of(
                    "name",
                    "aliases",
                    "description",
                    "paper",
                    "template",
                    "variant_of",
                    "input",
                    "params",
                    "channels",
                    "repeats",
                    "defaults",
                    "expect",
                    "recipe",
                    "blocks",
                    "features",
                    "head");

    /** The keys of a file that is a variant of another one. */
    static final List<String> VARIANT_KEYS =
            List.of(
                    "name",
                    "aliases",
                    "description",
                    "paper",
                    "variant_of",
                    "input",
                    "params",
                    "expect",
                    "recipe");

    private final YamlNode.Mapping written;
    private final YamlNode.Mapping root;
    private final YamlNode.Mapping declared;
    private final String file;
    private final boolean asWritten;

    private ArchitectureReader(
            YamlNode.Mapping written,
            YamlNode.Mapping root,
            YamlNode.Mapping declared,
            String file,
            boolean asWritten) {
        this.written = written;
        this.root = root;
        this.declared = declared;
        this.file = file;
        this.asWritten = asWritten;
    }

    /**
     * Reads a file; a variant's base is the file of that name in the same folder.
     *
     * @throws SpecException at the place that is wrong
     */
    public static Architecture read(Path path, List<SetValue> overrides) {
        return read(path, path.toString(), overrides);
    }

    /** Reads a file that messages call {@code name}. */
    public static Architecture read(Path path, String name, List<SetValue> overrides) {
        YamlNode.Mapping own = mapping(YamlReader.read(path, name));
        Optional<Path> base = base(path, own);
        if (base.isEmpty()) {
            return read(own, name, overrides);
        }
        String baseName = Path.of(name).resolveSibling(base.get().getFileName()).toString();
        return variant(own, mapping(YamlReader.read(base.get(), baseName)), name, overrides);
    }

    /** Reads text that messages call {@code name}; it can't be a variant. */
    public static Architecture parse(String name, String text, List<SetValue> overrides) {
        return read(mapping(YamlReader.parse(name, text)), name, overrides);
    }

    /** Reads a variant's text, with that of its base. */
    static Architecture parse(String name, String text, String base, List<SetValue> overrides) {
        YamlNode.Mapping own = mapping(YamlReader.parse(name, text));
        String baseName = "the base of " + name;
        return variant(own, mapping(YamlReader.parse(baseName, base)), name, overrides);
    }

    /**
     * The file that a file is a variant of, if it is one.
     *
     * @throws SpecException if it isn't there
     */
    static Optional<Path> base(Path path, YamlNode.Mapping own) {
        YamlNode variantOf = own.get("variant_of");
        if (variantOf == null) {
            return Optional.empty();
        }
        String name = LayerReader.segment("'variant_of'", variantOf) + ".yaml";
        Path base = path.resolveSibling(name);
        if (!Files.exists(base)) {
            throw new SpecException(variantOf.where(), "there is no " + name + " beside this file");
        }
        return Optional.of(base);
    }

    private static Architecture variant(
            YamlNode.Mapping own, YamlNode.Mapping base, String name, List<SetValue> overrides) {
        own.onlyKeys("a variant's file", VARIANT_KEYS);
        if (base.has("variant_of")) {
            YamlNode variantOf = own.require("variant_of", "a variant's file");
            throw new SpecException(
                    variantOf.where(),
                    LayerReader.segment("'variant_of'", variantOf)
                            + " is a variant itself; name the file that has the layers");
        }
        base.onlyKeys("an architecture file", KEYS);
        return read(merge(base, own), base, name, overrides);
    }

    private static Architecture read(YamlNode.Mapping root, String name, List<SetValue> overrides) {
        root.onlyKeys("an architecture file", KEYS);
        return read(root, root, name, overrides);
    }

    private static Architecture read(
            YamlNode.Mapping root,
            YamlNode.Mapping declared,
            String name,
            List<SetValue> overrides) {
        YamlNode.Mapping changed = root;
        for (SetValue value : overrides) {
            changed = value.applyTo(changed);
        }
        // a key that a flag put in is held to the same list
        changed.onlyKeys("an architecture file", KEYS);
        return new ArchitectureReader(root, changed, declared, name, overrides.isEmpty()).read();
    }

    private static YamlNode.Mapping mapping(YamlNode node) {
        if (node instanceof YamlNode.Mapping mapping) {
            return mapping;
        }
        throw new SpecException(
                node.where(),
                (node instanceof YamlNode.Scalar s && s.value() == null
                                ? "is empty"
                                : "holds " + node.kind())
                        + "; an architecture file is a mapping with name, input, params, features,"
                        + " head");
    }

    /** The base with the variant's own values; the base's facts don't hold for the variant. */
    private static YamlNode.Mapping merge(YamlNode.Mapping base, YamlNode.Mapping own) {
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>(base.entries());
        for (String key : List.of("expect", "aliases", "template")) {
            entries.remove(key);
        }
        own.entries()
                .forEach(
                        (key, entry) -> {
                            if (!key.equals("params")) {
                                entries.put(key, entry);
                            }
                        });
        YamlNode.Mapping merged = new YamlNode.Mapping(entries, own.where());
        YamlNode params = own.get("params");
        if (params == null) {
            return merged;
        }
        for (Map.Entry<String, YamlNode.Entry> param :
                mappingOf("params", params).entries().entrySet()) {
            merged = withParameter(merged, param.getKey(), param.getValue());
        }
        return merged;
    }

    private static YamlNode.Mapping withParameter(
            YamlNode.Mapping root, String name, YamlNode.Entry entry) {
        YamlNode.Mapping params = mappingOf("params", root.require("params", "the base file"));
        YamlNode.Entry before = params.entries().get(name);
        if (before == null) {
            throw new SpecException(
                    entry.keyWhere(),
                    "the base file has no parameter '"
                            + name
                            + "'"
                            + Nearest.hint(name, params.entries().keySet())
                            + "\n  its parameters: "
                            + String.join(", ", params.entries().keySet()));
        }
        YamlNode value = entry.value();
        if (before.value() instanceof YamlNode.Mapping extended) {
            Map<String, YamlNode.Entry> inner = new LinkedHashMap<>(extended.entries());
            inner.put("default", entry);
            value = new YamlNode.Mapping(inner, extended.where());
        }
        Map<String, YamlNode.Entry> changed = new LinkedHashMap<>(params.entries());
        changed.put(name, new YamlNode.Entry(entry.keyWhere(), value));
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>(root.entries());
        entries.put(
                "params",
                new YamlNode.Entry(params.where(), new YamlNode.Mapping(changed, params.where())));
        return new YamlNode.Mapping(entries, root.where());
    }

    private Architecture read() {
        String name = LayerReader.segment("'name'", root.require("name", "an architecture file"));
        YamlNode.Mapping params =
                mappingOf("params", root.require("params", "an architecture file"));
        YamlNode declaredParams = declared.get("params");
        Map<String, YamlNode> values =
                Parameters.read(params, declaredParams instanceof YamlNode.Mapping m ? m : params);
        // a value that a flag gives may stand in the place of the only $name
        Parameters.checkUsed(written, mappingOf("params", written.require("params", "a file")));
        Scope scope = new Scope(values);
        Map<String, Block> blocks = new BlockReader(values).read(root.get("blocks"));
        Multiplier multiplier = multiplier(scope);
        WordReader words = new WordReader(scope, defaults(scope), multiplier);
        YamlNode features = root.require("features", "an architecture file");
        YamlNode head = root.require("head", "an architecture file");
        LayerReader layers = new LayerReader(blocks, words, multiplier);
        YamlNode variantOf = root.get("variant_of");
        return new Architecture(
                name,
                variantOf == null ? name : ArgumentReader.text("'variant_of'", variantOf),
                aliases(),
                optionalText("description"),
                optionalText("paper"),
                input(scope),
                shown(values),
                classes(params, values),
                layers.list("'features'", features, scope),
                layers.list("'head'", head, scope),
                asWritten ? expect(scope) : Optional.empty(),
                Optional.ofNullable(root.get("recipe")).map(node -> mappingOf("recipe", node)),
                template(),
                file);
    }

    private boolean template() {
        YamlNode node = root.get("template");
        return node != null && ArgumentReader.flag("'template'", node);
    }

    static YamlNode.Mapping mappingOf(String what, YamlNode node) {
        if (node instanceof YamlNode.Mapping mapping) {
            return mapping;
        }
        throw new SpecException(
                node.where(), "'" + what + "' is " + node.kind() + "; expected a mapping");
    }

    private String optionalText(String key) {
        YamlNode node = root.get(key);
        return node == null ? "" : ArgumentReader.text("'" + key + "'", node);
    }

    private List<String> aliases() {
        YamlNode node = root.get("aliases");
        if (node == null) {
            return List.of();
        }
        if (!(node instanceof YamlNode.Sequence sequence)) {
            throw new SpecException(node.where(), "'aliases' is a list of names");
        }
        return sequence.items().stream().map(i -> LayerReader.segment("an alias", i)).toList();
    }

    private static int classes(YamlNode.Mapping params, Map<String, YamlNode> values) {
        YamlNode node = values.get("classes");
        if (node == null) {
            throw new SpecException(
                    params.where(),
                    "params needs 'classes', how many classes the head tells apart");
        }
        return integer("parameter 'classes'", node, 1, 1 << 24);
    }

    private Architecture.Input input(Scope scope) {
        YamlNode node = root.require("input", "an architecture file");
        YamlNode.Mapping input = mappingOf("input", scope.resolve(node));
        input.onlyKeys("input", List.of("shape", "minimum"));
        List<Integer> shape = integers("'shape' of input", input.require("shape", "input"));
        if (shape.size() != 3) {
            throw new SpecException(
                    input.require("shape", "input").where(),
                    "'shape' of input is [channels, height, width]");
        }
        YamlNode minimum = input.get("minimum");
        return new Architecture.Input(
                shape.get(0),
                shape.get(1),
                shape.get(2),
                minimum == null ? 1 : integer("'minimum' of input", minimum, 1, 1 << 16),
                input.where());
    }

    private Multiplier multiplier(Scope scope) {
        double channels = 1;
        int divisor = 0;
        double repeats = 1;
        YamlNode node = root.get("channels");
        if (node != null) {
            YamlNode.Mapping mapping = mappingOf("channels", scope.resolve(node));
            mapping.onlyKeys("channels", List.of("multiplier", "divisor"));
            channels = factor("'multiplier' of channels", mapping.get("multiplier"));
            YamlNode by = mapping.get("divisor");
            divisor = by == null ? 1 : integer("'divisor' of channels", by, 1, 1 << 16);
        }
        YamlNode depth = root.get("repeats");
        if (depth != null) {
            YamlNode.Mapping mapping = mappingOf("repeats", scope.resolve(depth));
            mapping.onlyKeys("repeats", List.of("multiplier"));
            repeats = factor("'multiplier' of repeats", mapping.get("multiplier"));
        }
        return new Multiplier(channels, divisor, repeats);
    }

    private static double factor(String what, @Nullable YamlNode node) {
        if (node == null) {
            return 1;
        }
        if (node instanceof YamlNode.Scalar s
                && s.value() instanceof Number n
                && n.doubleValue() > 0
                && n.doubleValue() <= 100) {
            return n.doubleValue();
        }
        throw new SpecException(
                node.where(), what + " is " + node.kind() + "; expected a number above 0");
    }

    private Map<String, YamlNode.Mapping> defaults(Scope scope) {
        Map<String, YamlNode.Mapping> defaults = new LinkedHashMap<>();
        YamlNode node = root.get("defaults");
        if (node == null) {
            return defaults;
        }
        mappingOf("defaults", scope.resolve(node))
                .entries()
                .forEach(
                        (name, entry) -> {
                            Word word = Words.all().get(name);
                            if (word == null || word.kind() == Word.Kind.STRUCTURE) {
                                List<String> known =
                                        Words.all().values().stream()
                                                .filter(w -> w.kind() != Word.Kind.STRUCTURE)
                                                .map(Word::name)
                                                .toList();
                                throw new SpecException(
                                        entry.keyWhere(),
                                        "'defaults' knows no layer '"
                                                + name
                                                + "'"
                                                + Nearest.hint(name, known));
                            }
                            YamlNode.Mapping values = mappingOf(name, entry.value());
                            values.onlyKeys("defaults of " + name, word.argumentNames());
                            defaults.put(name, values);
                        });
        return defaults;
    }

    private Optional<Architecture.Expect> expect(Scope scope) {
        YamlNode node = root.get("expect");
        if (node == null) {
            return Optional.empty();
        }
        YamlNode.Mapping expect = mappingOf("expect", scope.resolve(node));
        expect.onlyKeys("expect", List.of("trainable", "macs", "features"));
        YamlNode features = expect.get("features");
        return Optional.of(
                new Architecture.Expect(
                        count("'trainable' of expect", expect.get("trainable")),
                        count("'macs' of expect", expect.get("macs")),
                        features == null
                                ? Optional.empty()
                                : Optional.of(integers("'features' of expect", features)),
                        expect.where()));
    }

    private static Optional<Long> count(String what, @Nullable YamlNode node) {
        if (node == null) {
            return Optional.empty();
        }
        if (node instanceof YamlNode.Scalar s && s.value() instanceof Long value) {
            return Optional.of(value);
        }
        throw ArgumentReader.wrong(what, Argument.Type.INTEGER, node);
    }

    private static int integer(String what, YamlNode node, int least, int most) {
        if (node instanceof YamlNode.Scalar s && s.value() instanceof Long value) {
            if (value < least || value > most) {
                throw new SpecException(
                        node.where(),
                        what + " is " + value + "; it must be " + least + " to " + most);
            }
            return value.intValue();
        }
        throw ArgumentReader.wrong(what, Argument.Type.INTEGER, node);
    }

    private static List<Integer> integers(String what, YamlNode node) {
        if (!(node instanceof YamlNode.Sequence sequence)) {
            throw new SpecException(
                    node.where(),
                    what + " is " + node.kind() + "; expected a list of whole numbers");
        }
        List<Integer> integers = new ArrayList<>();
        sequence.items().forEach(item -> integers.add(integer(what, item, 1, 1 << 24)));
        return integers;
    }

    private static Map<String, String> shown(Map<String, YamlNode> values) {
        Map<String, String> shown = new LinkedHashMap<>();
        values.forEach((name, node) -> shown.put(name, show(node)));
        return shown;
    }

    private static String show(YamlNode node) {
        if (node instanceof YamlNode.Scalar scalar) {
            return scalar.text();
        }
        if (node instanceof YamlNode.Sequence sequence) {
            return "["
                    + String.join(
                            ", ", sequence.items().stream().map(ArchitectureReader::show).toList())
                    + "]";
        }
        return String.join(", ", ((YamlNode.Mapping) node).entries().keySet());
    }
}
