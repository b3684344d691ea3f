package org.cnnzoo.spec;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cnnzoo.errors.Nearest;

/**
 * The names that {@code $name} may mean at some place of a file, and the three constructs that make
 * a value of others: {@code $name}, {@code choose} and {@code product}.
 */
final class Scope {
    /** The channels that arrive; only the network knows how many. */
    static final String IN = "$in";

    private final Map<String, YamlNode> values;

    Scope(Map<String, YamlNode> values) {
        this.values = Map.copyOf(values);
    }

    /** This scope with more names. */
    Scope with(Map<String, YamlNode> more) {
        Map<String, YamlNode> all = new LinkedHashMap<>(values);
        all.putAll(more);
        return new Scope(all);
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    /** The node with every name, choice and product in it replaced by its value. */
    YamlNode resolve(YamlNode node) {
        if (node instanceof YamlNode.Scalar scalar) {
            return scalar(scalar);
        }
        if (node instanceof YamlNode.Sequence sequence) {
            return new YamlNode.Sequence(
                    sequence.items().stream().map(this::resolve).toList(), sequence.where());
        }
        YamlNode.Mapping mapping = (YamlNode.Mapping) node;
        if (mapping.has("choose") && mapping.entries().size() == 1) {
            return choose(mapping.require("choose", "choose"));
        }
        if (mapping.has("product")) {
            return product(mapping);
        }
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
        mapping.entries()
                .forEach(
                        (key, entry) ->
                                entries.put(
                                        key,
                                        new YamlNode.Entry(
                                                entry.keyWhere(), resolve(entry.value()))));
        return new YamlNode.Mapping(entries, mapping.where());
    }

    private YamlNode scalar(YamlNode.Scalar scalar) {
        if (scalar.quoted() || !scalar.text().startsWith("$") || scalar.text().equals(IN)) {
            return scalar;
        }
        String name = scalar.text().substring(1);
        YamlNode value = values.get(name);
        if (value == null) {
            List<String> known = new ArrayList<>(values.keySet());
            known.add("in");
            throw new SpecException(
                    scalar.where(),
                    "nothing here is called $"
                            + name
                            + Nearest.hint(name, known)
                            + "\n  known here: $"
                            + String.join(", $", known.stream().sorted().toList()));
        }
        return value;
    }

    private YamlNode choose(YamlNode node) {
        if (!(node instanceof YamlNode.Mapping mapping)) {
            throw new SpecException(
                    node.where(), "choose needs a mapping of 'by' and 'cases', not " + node.kind());
        }
        mapping.onlyKeys("choose", List.of("by", "cases", "otherwise"));
        YamlNode by = resolve(mapping.require("by", "choose"));
        YamlNode cases = mapping.require("cases", "choose");
        if (!(by instanceof YamlNode.Scalar key)) {
            throw new SpecException(
                    by.where(), "choose goes by a word, number or boolean, not by " + by.kind());
        }
        if (!(cases instanceof YamlNode.Mapping table)) {
            throw new SpecException(
                    cases.where(), "'cases' is a mapping of values to what they stand for");
        }
        YamlNode chosen = table.get(key.text());
        if (chosen == null) {
            chosen = mapping.get("otherwise");
        }
        if (chosen == null) {
            throw new SpecException(
                    mapping.where(),
                    "no case for '"
                            + key.text()
                            + "'"
                            + Nearest.hint(key.text(), table.entries().keySet())
                            + "\n  cases: "
                            + String.join(", ", table.entries().keySet()));
        }
        return resolve(chosen);
    }

    /**
     * Folds a product of numbers; one with {@code $in} stays as {@code {product: [$in, factor]}}.
     */
    private YamlNode product(YamlNode.Mapping mapping) {
        mapping.onlyKeys("product", List.of("product", "divisor"));
        YamlNode factors = resolve(mapping.require("product", "product"));
        if (!(factors instanceof YamlNode.Sequence sequence) || sequence.items().isEmpty()) {
            throw new SpecException(
                    factors.where(), "product needs a list of numbers, not " + factors.kind());
        }
        BigDecimal number = BigDecimal.ONE;
        boolean ofInput = false;
        for (YamlNode factor : sequence.items()) {
            if (factor instanceof YamlNode.Scalar s && s.text().equals(IN) && !ofInput) {
                ofInput = true;
            } else if (factor instanceof YamlNode.Scalar s && s.value() instanceof Number) {
                number = number.multiply(new BigDecimal(s.text()));
            } else {
                throw new SpecException(
                        factor.where(), "a product has numbers and one $in, not " + factor.kind());
            }
        }
        String text = number.stripTrailingZeros().toPlainString();
        YamlNode.Scalar folded = new YamlNode.Scalar(text, false, mapping.where());
        if (!ofInput) {
            if (mapping.has("divisor")) {
                throw new SpecException(
                        mapping.where(), "divisor rounds a product with $in; there is none in it");
            }
            return folded;
        }
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
        YamlNode in = new YamlNode.Scalar(IN, false, mapping.where());
        entries.put(
                "product",
                new YamlNode.Entry(
                        mapping.where(),
                        new YamlNode.Sequence(List.of(in, folded), mapping.where())));
        YamlNode divisor = mapping.get("divisor");
        if (divisor != null) {
            entries.put("divisor", new YamlNode.Entry(divisor.where(), resolve(divisor)));
        }
        return new YamlNode.Mapping(entries, mapping.where());
    }
}
