package org.cnnzoo.spec;

import java.util.List;
import java.util.Locale;
import org.cnnzoo.errors.Nearest;

/** Turns the YAML value of an argument into a Java value of the argument's type. */
final class ArgumentReader {
    private ArgumentReader() {}

    /** The value, checked; {@code node} has no {@code $name} left but {@code $in}. */
    static Object read(Word word, Argument argument, YamlNode node) {
        String what = "'" + argument.name() + "' of " + word.name();
        return switch (argument.type()) {
            case INTEGER -> integer(what, argument, node);
            case NUMBER -> number(what, argument, node);
            case BOOLEAN -> flag(what, node);
            case TEXT -> text(what, node);
            case CHOICE -> choice(what, argument, node);
            case CHANNELS -> channels(what, argument, node);
            case SIZE -> size(what, argument, node);
            case PADDING -> padding(what, argument, node);
            case ACTIVATION -> activation(what, node);
            case INIT -> init(what, argument, node);
            case DROP_PATH -> dropPath(what, argument, node);
            case LAYERS, MISMATCH, BRANCHES, ROWS ->
                    throw new IllegalStateException("structures read " + what + " themselves");
        };
    }

    static SpecException wrong(String what, Argument.Type type, YamlNode node) {
        return new SpecException(
                node.where(), what + " is " + node.kind() + "; expected " + type.expected());
    }

    private static Long integer(String what, Argument argument, YamlNode node) {
        whole(what, argument, node);
        if (node instanceof YamlNode.Scalar s && s.value() instanceof Long value) {
            range(what, argument, node, value);
            return value;
        }
        throw wrong(what, Argument.Type.INTEGER, node);
    }

    /** A whole number with so many digits that it isn't read as one is out of range too. */
    private static void whole(String what, Argument argument, YamlNode node) {
        if (node instanceof YamlNode.Scalar s
                && s.value() instanceof Double value
                && s.text().matches("[-+]?[0-9]+")) {
            range(what, argument, node, value);
        }
    }

    private static Double number(String what, Argument argument, YamlNode node) {
        if (node instanceof YamlNode.Scalar s && s.value() instanceof Number value) {
            range(what, argument, node, value.doubleValue());
            return value.doubleValue();
        }
        throw wrong(what, Argument.Type.NUMBER, node);
    }

    private static void range(String what, Argument argument, YamlNode node, double value) {
        if (value < argument.least() || value > argument.most()) {
            throw new SpecException(
                    node.where(),
                    what
                            + " is "
                            + ((YamlNode.Scalar) node).text()
                            + "; it must be "
                            + (value < argument.least()
                                    ? "at least " + plain(argument.least())
                                    : "at most " + plain(argument.most())));
        }
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }

    static Boolean flag(String what, YamlNode node) {
        if (node instanceof YamlNode.Scalar s && s.value() instanceof Boolean value) {
            return value;
        }
        throw wrong(what, Argument.Type.BOOLEAN, node);
    }

    static String text(String what, YamlNode node) {
        if (node instanceof YamlNode.Scalar s && s.value() != null) {
            return s.text();
        }
        throw wrong(what, Argument.Type.TEXT, node);
    }

    private static String choice(String what, Argument argument, YamlNode node) {
        String text = text(what, node);
        if (!argument.choices().contains(text)) {
            throw unknown(what, text, argument.choices(), node);
        }
        return text;
    }

    private static SpecException unknown(
            String what, String text, List<String> known, YamlNode node) {
        return new SpecException(
                node.where(),
                what
                        + " can't be '"
                        + text
                        + "'"
                        + Nearest.hint(text, known)
                        + "\n  known: "
                        + String.join(", ", known));
    }

    private static ChannelCount channels(String what, Argument argument, YamlNode node) {
        if (node instanceof YamlNode.Scalar s && s.text().equals(Scope.IN)) {
            return new ChannelCount.OfInput(1, 1, Layer.Frame.BLOCK);
        }
        if (node instanceof YamlNode.Mapping product && Product.is(product)) {
            double factor = Product.factor(product);
            if (factor <= 0) {
                throw new SpecException(node.where(), what + " must be a positive share of $in");
            }
            YamlNode divisor = product.get("divisor");
            int rounded = divisor == null ? 1 : integer("divisor", argument, divisor).intValue();
            return new ChannelCount.OfInput(factor, rounded, Layer.Frame.BLOCK);
        }
        if (node instanceof YamlNode.Scalar s && s.value() instanceof Long value) {
            range(what, argument, node, value);
            return new ChannelCount.Exact(value.intValue());
        }
        whole(what, argument, node);
        throw wrong(what, Argument.Type.CHANNELS, node);
    }

    private static DropPath dropPath(String what, Argument argument, YamlNode node) {
        if (node instanceof YamlNode.Mapping mapping) {
            mapping.onlyKeys(what, List.of("linear"));
            YamlNode rate = mapping.require("linear", what);
            return new DropPath(number("'linear' of drop_path", argument, rate), true);
        }
        if (node instanceof YamlNode.Scalar s && s.value() instanceof Number) {
            return new DropPath(number(what, argument, node), false);
        }
        throw wrong(what, Argument.Type.DROP_PATH, node);
    }

    private static Size size(String what, Argument argument, YamlNode node) {
        if (node instanceof YamlNode.Sequence pair && pair.items().size() == 2) {
            return new Size(
                    integer(what, argument, pair.items().get(0)).intValue(),
                    integer(what, argument, pair.items().get(1)).intValue());
        }
        if (node instanceof YamlNode.Scalar s && s.value() instanceof Long) {
            return Size.square(integer(what, argument, node).intValue());
        }
        throw wrong(what, Argument.Type.SIZE, node);
    }

    private static Padding padding(String what, Argument argument, YamlNode node) {
        if (node instanceof YamlNode.Scalar s) {
            if (s.value() instanceof Long) {
                int p = integer(what, argument, node).intValue();
                return new Padding.Explicit(p, p, p, p);
            }
            if (s.value() instanceof String text) {
                return switch (text) {
                    case "half" -> new Padding.Half();
                    case "same" -> new Padding.Same();
                    case "valid" -> Padding.NONE;
                    default -> throw unknown(what, text, List.of("half", "same", "valid"), node);
                };
            }
        }
        if (node instanceof YamlNode.Sequence list
                && (list.items().size() == 2 || list.items().size() == 4)) {
            int[] p =
                    list.items().stream()
                            .mapToInt(item -> integer(what, argument, item).intValue())
                            .toArray();
            return p.length == 2
                    ? new Padding.Explicit(p[0], p[0], p[1], p[1])
                    : new Padding.Explicit(p[0], p[1], p[2], p[3]);
        }
        throw wrong(what, Argument.Type.PADDING, node);
    }

    static Activation activation(String what, YamlNode node) {
        if (node instanceof YamlNode.Scalar s && s.value() == null) {
            return Activation.NONE;
        }
        if (node instanceof YamlNode.Scalar s && s.value() instanceof String text) {
            ActivationKind kind = activationKind(what, text, node);
            return new Activation(kind, kind.parameter());
        }
        if (node instanceof YamlNode.Mapping mapping && mapping.entries().size() == 1) {
            String name = mapping.entries().keySet().iterator().next();
            ActivationKind kind = activationKind(what, name, node);
            YamlNode alpha = mapping.require(name, what);
            if (!kind.hasParameter()) {
                throw new SpecException(alpha.where(), name + " takes no alpha");
            }
            if (alpha instanceof YamlNode.Scalar s && s.value() instanceof Number value) {
                return new Activation(kind, value.doubleValue());
            }
            throw wrong("alpha of " + name, Argument.Type.NUMBER, alpha);
        }
        throw wrong(what, Argument.Type.ACTIVATION, node);
    }

    private static ActivationKind activationKind(String what, String text, YamlNode node) {
        return ActivationKind.of(text)
                .orElseThrow(() -> unknown(what, text, ActivationKind.words(), node));
    }

    private static Init init(String what, Argument argument, YamlNode node) {
        if (node instanceof YamlNode.Scalar s && s.value() instanceof String text) {
            Init.Kind kind = initKind(what, argument, text, node);
            if (kind.hasValue()) {
                throw new SpecException(
                        node.where(),
                        what + ": " + text + " needs a number, as {" + text + ": 0.01}");
            }
            return new Init(kind, 0);
        }
        if (node instanceof YamlNode.Mapping mapping && mapping.entries().size() == 1) {
            String name = mapping.entries().keySet().iterator().next();
            YamlNode number = mapping.require(name, what);
            if (number instanceof YamlNode.Scalar s && s.value() instanceof Number value) {
                Init.Kind kind = initKind(what, argument, name, node);
                if (!kind.hasValue()) {
                    throw new SpecException(number.where(), name + " takes no number");
                }
                return new Init(kind, value.doubleValue());
            }
            throw wrong(name + " of " + what, Argument.Type.NUMBER, number);
        }
        throw wrong(what, Argument.Type.INIT, node);
    }

    private static Init.Kind initKind(String what, Argument argument, String text, YamlNode node) {
        if (!argument.choices().contains(text)) {
            throw unknown(what, text, argument.choices(), node);
        }
        return Init.Kind.valueOf(text.toUpperCase(Locale.ROOT));
    }
}
