package org.cnnzoo.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cnnzoo.errors.Nearest;
import org.jspecify.annotations.Nullable;

/** Reads {@code stages}: the paper's table, each row a call (or several) of a block. */
final class StageTable {
    private static final String REPEAT = "repeat";
    private static final String NAME = "name";
    private static final String STRIDE = "stride";

    private final LayerReader layers;
    private final Multiplier multiplier;

    StageTable(LayerReader layers, Multiplier multiplier) {
        this.layers = layers;
        this.multiplier = multiplier;
    }

    Layer read(String segment, String blockName, Map<String, YamlNode> nodes, Where where) {
        Block block =
                layers.blockOf(blockName)
                        .orElseThrow(() -> noBlock(blockName, nodes.get("block"), where));
        List<String> columns = columns(block, sequence(nodes, "columns", where));
        Map<String, YamlNode> fixed = fixed(block, columns, nodes.get("with"));
        List<Layer> rows = new ArrayList<>();
        YamlNode.Sequence table = sequence(nodes, "rows", where);
        for (int i = 0; i < table.items().size(); i++) {
            YamlNode row = table.items().get(i);
            rows.add(row(String.valueOf(i), block, columns, fixed, row));
            YamlNode between = nodes.get("between");
            if (between != null && i + 1 < table.items().size()) {
                if (!(between instanceof YamlNode.Sequence list)) {
                    throw ArgumentReader.wrong("'between'", Argument.Type.LAYERS, between);
                }
                rows.add(
                        new Layer.Group(
                                i + "_between",
                                Layer.Frame.OUTER,
                                layers.resolvedList(list),
                                between.where()));
            }
        }
        return new Layer.Group(segment, Layer.Frame.OUTER, rows, where);
    }

    private SpecException noBlock(String name, @Nullable YamlNode node, Where where) {
        List<String> known = layers.blockNames();
        return new SpecException(
                node == null ? where : node.where(),
                "there is no block '"
                        + name
                        + "'"
                        + Nearest.hint(name, known)
                        + "\n  this file's blocks: "
                        + (known.isEmpty() ? "none" : String.join(", ", known)));
    }

    private static YamlNode.Sequence sequence(
            Map<String, YamlNode> nodes, String name, Where where) {
        YamlNode node = nodes.get(name);
        if (node instanceof YamlNode.Sequence sequence) {
            return sequence;
        }
        throw new SpecException(
                node == null ? where : node.where(),
                "'"
                        + name
                        + "' of stages must be a list"
                        + (node == null ? "" : ", not " + node.kind()));
    }

    private static List<String> columns(Block block, YamlNode.Sequence nodes) {
        List<String> columns = new ArrayList<>();
        for (YamlNode node : nodes.items()) {
            String column = ArgumentReader.text("a column", node);
            List<String> known = new ArrayList<>(block.arguments());
            known.add(REPEAT);
            known.add(NAME);
            if (!known.contains(column)) {
                throw new SpecException(
                        node.where(),
                        "block "
                                + block.name()
                                + " has no argument '"
                                + column
                                + "'"
                                + Nearest.hint(column, known)
                                + "\n  columns may be: "
                                + String.join(", ", known));
            }
            if (columns.contains(column)) {
                throw new SpecException(node.where(), "the column '" + column + "' stands twice");
            }
            columns.add(column);
        }
        return columns;
    }

    private static Map<String, YamlNode> fixed(
            Block block, List<String> columns, @Nullable YamlNode with) {
        Map<String, YamlNode> fixed = new LinkedHashMap<>();
        if (with == null) {
            return fixed;
        }
        if (!(with instanceof YamlNode.Mapping mapping)) {
            throw new SpecException(
                    with.where(), "'with' is " + with.kind() + "; expected a mapping of arguments");
        }
        mapping.onlyKeys("'with' (arguments of block " + block.name() + ")", block.arguments());
        mapping.entries()
                .forEach(
                        (key, entry) -> {
                            if (columns.contains(key)) {
                                throw new SpecException(
                                        entry.keyWhere(), "'" + key + "' is a column already");
                            }
                            fixed.put(key, entry.value());
                        });
        return fixed;
    }

    private Layer row(
            String index,
            Block block,
            List<String> columns,
            Map<String, YamlNode> fixed,
            YamlNode node) {
        YamlNode.Sequence row =
                node instanceof YamlNode.Sequence list
                        ? list
                        : new YamlNode.Sequence(List.of(node), node.where());
        if (row.items().size() != columns.size()) {
            throw new SpecException(
                    row.where(),
                    "this row has "
                            + row.items().size()
                            + " values, the table has "
                            + columns.size()
                            + " columns: "
                            + String.join(", ", columns));
        }
        Map<String, YamlNode> arguments = new LinkedHashMap<>(fixed);
        for (int i = 0; i < columns.size(); i++) {
            arguments.put(columns.get(i), row.items().get(i));
        }
        YamlNode name = block.arguments().contains(NAME) ? null : arguments.remove(NAME);
        String segment = name == null ? index : LayerReader.segment("a row's name", name);
        if (!columns.contains(REPEAT) || block.arguments().contains(REPEAT)) {
            return layers.block(segment, block, row.where(), arguments);
        }
        YamlNode repeat = arguments.remove(REPEAT);
        return copies(segment, block, arguments, repeat, row.where());
    }

    private Layer copies(
            String segment,
            Block block,
            Map<String, YamlNode> arguments,
            @Nullable YamlNode repeat,
            Where where) {
        if (!(repeat instanceof YamlNode.Scalar scalar)
                || !(scalar.value() instanceof Long count)
                || count < 0
                || count > 10_000) {
            throw new SpecException(
                    repeat == null ? where : repeat.where(),
                    "'repeat' must be a whole number from 0 to 10000");
        }
        List<Layer> copies = new ArrayList<>();
        for (int i = 0; i < multiplier.repeats(count.intValue()); i++) {
            if (i == 1 && block.arguments().contains(STRIDE)) {
                arguments.put(STRIDE, new YamlNode.Scalar("1", false, where));
            }
            copies.add(layers.block(String.valueOf(i), block, where, arguments));
        }
        return new Layer.Group(segment, Layer.Frame.OUTER, copies, where);
    }
}
