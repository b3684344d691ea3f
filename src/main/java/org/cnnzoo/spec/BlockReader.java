package org.cnnzoo.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code blocks}. */
final class BlockReader {
    private final Map<String, YamlNode> parameters;

    BlockReader(Map<String, YamlNode> parameters) {
        this.parameters = parameters;
    }

    Map<String, Block> read(@Nullable YamlNode node) {
        Map<String, Block> blocks = new LinkedHashMap<>();
        if (node == null) {
            return blocks;
        }
        ArchitectureReader.mappingOf("blocks", node)
                .entries()
                .forEach(
                        (name, entry) -> {
                            if (Words.all().containsKey(name)) {
                                throw new SpecException(
                                        entry.keyWhere(),
                                        "'"
                                                + name
                                                + "' is a layer already; call the block"
                                                + " something else");
                            }
                            blocks.put(name, block(name, entry));
                        });
        return blocks;
    }

    private Block block(String name, YamlNode.Entry entry) {
        // a block without arguments may be just its list of layers
        if (entry.value() instanceof YamlNode.Sequence layers) {
            return new Block(name, List.of(), Map.of(), layers, entry.keyWhere());
        }
        YamlNode.Mapping mapping = ArchitectureReader.mappingOf("block " + name, entry.value());
        mapping.onlyKeys("block " + name, List.of("args", "layers"));
        List<String> arguments = new ArrayList<>();
        Map<String, YamlNode> defaults = new LinkedHashMap<>();
        YamlNode args = mapping.get("args");
        if (args instanceof YamlNode.Sequence sequence) {
            sequence.items().forEach(item -> argument(name, item, arguments, defaults));
        } else if (args != null) {
            throw new SpecException(
                    args.where(),
                    "'args' is " + args.kind() + "; expected a list, as [out, {stride: 1}]");
        }
        return new Block(
                name,
                arguments,
                defaults,
                mapping.require("layers", "block " + name),
                entry.keyWhere());
    }

    private void argument(
            String block, YamlNode item, List<String> arguments, Map<String, YamlNode> defaults) {
        String name;
        if (item instanceof YamlNode.Mapping mapping && mapping.entries().size() == 1) {
            name = mapping.entries().keySet().iterator().next();
            YamlNode fallback = mapping.require(name, "an argument");
            defaults.put(name, new Scope(parameters).resolve(fallback));
        } else {
            name = ArgumentReader.text("an argument of block " + block, item);
        }
        if (arguments.contains(name)) {
            throw new SpecException(item.where(), "the argument '" + name + "' stands twice");
        }
        if (parameters.containsKey(name) || name.equals("in")) {
            throw new SpecException(
                    item.where(),
                    "the argument '"
                            + name
                            + "' has the name of "
                            + (name.equals("in") ? "the arriving channels" : "a parameter")
                            + "; $"
                            + name
                            + " would mean two things");
        }
        arguments.add(name);
    }
}
