package org.cnnzoo.spec;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code {product: [4, $width]}} and {@code {quotient: [$width, 16]}}: numbers multiplied, or the
 * first divided by the others. One of them may be {@code $in}, whose value only the network knows:
 * the share of it stays as {@code {product: [$in, factor]}}.
 */
final class Product {
    private static final String PRODUCT = "product";
    private static final String QUOTIENT = "quotient";
    private static final String DIVISOR = "divisor";

    private final String word;
    private final YamlNode.Mapping mapping;

    private Product(String word, YamlNode.Mapping mapping) {
        this.word = word;
        this.mapping = mapping;
    }

    /** Whether a mapping is one of the two, rather than a layer's arguments. */
    static boolean is(YamlNode.Mapping mapping) {
        return mapping.has(PRODUCT) || mapping.has(QUOTIENT);
    }

    static YamlNode fold(YamlNode.Mapping mapping, Scope scope) {
        return new Product(mapping.has(PRODUCT) ? PRODUCT : QUOTIENT, mapping).fold(scope);
    }

    /** The factor in a folded share of {@code $in}. */
    static double factor(YamlNode.Mapping folded) {
        YamlNode.Sequence factors = (YamlNode.Sequence) folded.require(PRODUCT, PRODUCT);
        return Double.parseDouble(((YamlNode.Scalar) factors.items().get(1)).text());
    }

    private YamlNode fold(Scope scope) {
        mapping.onlyKeys(word, List.of(word, DIVISOR));
        YamlNode factors = scope.resolve(mapping.require(word, word));
        if (!(factors instanceof YamlNode.Sequence sequence) || sequence.items().isEmpty()) {
            throw new SpecException(
                    factors.where(), word + " needs a list of numbers, not " + factors.kind());
        }
        BigDecimal number = BigDecimal.ONE;
        boolean ofInput = false;
        for (int i = 0; i < sequence.items().size(); i++) {
            YamlNode factor = sequence.items().get(i);
            boolean divides = i > 0 && word.equals(QUOTIENT);
            if (factor instanceof YamlNode.Scalar s && isIn(s) && !ofInput && !divides) {
                ofInput = true;
            } else {
                number =
                        divides
                                ? divide(number, factor)
                                : number.multiply(decimal(factor), MathContext.DECIMAL128);
            }
        }
        YamlNode.Scalar folded =
                new YamlNode.Scalar(
                        number.stripTrailingZeros().toPlainString(), false, mapping.where());
        if (ofInput) {
            return share(folded, scope);
        }
        if (mapping.has(DIVISOR)) {
            throw new SpecException(
                    mapping.where(), "divisor rounds a share of $in; there is no $in here");
        }
        return folded;
    }

    static boolean isIn(YamlNode.Scalar scalar) {
        return !scalar.quoted() && scalar.text().equals(Scope.IN);
    }

    /** Nothing where even its exponent is too long. */
    private static @Nullable BigDecimal number(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private BigDecimal decimal(YamlNode node) {
        if (node instanceof YamlNode.Scalar s && s.value() instanceof Number) {
            BigDecimal value = number(s.text());
            // 1e999999 has few digits here and a million in plain text
            if (value != null
                    && (value.signum() == 0
                            || Math.abs(value.precision() - (long) value.scale()) < 40)) {
                return value;
            }
            throw new SpecException(node.where(), s.text() + " is out of reach for a " + word);
        }
        if (node instanceof YamlNode.Scalar s && isIn(s) && word.equals(PRODUCT)) {
            throw new SpecException(node.where(), "$in may stand in a product once");
        }
        throw new SpecException(
                node.where(),
                "a "
                        + word
                        + " has numbers and "
                        + (word.equals(PRODUCT) ? "one $in" : "perhaps $in in front")
                        + ", not "
                        + node.kind());
    }

    private BigDecimal divide(BigDecimal number, YamlNode node) {
        BigDecimal by = decimal(node);
        if (by.signum() == 0) {
            throw new SpecException(node.where(), "a quotient can't divide by 0");
        }
        return number.divide(by, MathContext.DECIMAL64);
    }

    private YamlNode share(YamlNode.Scalar factor, Scope scope) {
        Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
        YamlNode in = new YamlNode.Scalar(Scope.IN, false, mapping.where());
        entries.put(
                PRODUCT,
                new YamlNode.Entry(
                        mapping.where(),
                        new YamlNode.Sequence(List.of(in, factor), mapping.where())));
        YamlNode divisor = mapping.get(DIVISOR);
        if (divisor != null) {
            entries.put(DIVISOR, new YamlNode.Entry(divisor.where(), scope.resolve(divisor)));
        }
        return new YamlNode.Mapping(entries, mapping.where());
    }
}
