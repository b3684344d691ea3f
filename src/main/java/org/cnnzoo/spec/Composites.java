package org.cnnzoo.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the composite words out as operations. */
final class Composites {
    private final WordReader words;
    private final Where where;

    Composites(WordReader words, Where where) {
        this.words = words;
        this.where = where;
    }

    Layer layer(String segment, Word word, Arguments a) {
        return switch (word.name()) {
            case "conv_bn" -> normalised(segment, "conv", a);
            case "depthwise_bn" -> normalised(segment, "depthwise", a);
            case "expand_bn" -> expand(segment, a);
            case "squeeze_excite" -> squeezeExcite(segment, a);
            case "classifier" ->
                    single(
                            segment,
                            "dense",
                            Map.of(
                                    "out",
                                    new ChannelCount.Exact(a.integer("classes")),
                                    "bias",
                                    a.flag("bias"),
                                    "init",
                                    a.init("init"),
                                    "bias_init",
                                    a.number("bias_init")));
            default -> throw new IllegalStateException("no composite " + word.name());
        };
    }

    /** A convolution, its normalisation, and the activation behind both. */
    private Layer normalised(String segment, String convolution, Arguments a) {
        boolean bn = a.flag("bn");
        Map<String, Object> conv = new LinkedHashMap<>();
        for (String name :
                List.of("out", "kernel", "stride", "padding", "dilation", "groups", "multiplier")) {
            copy(a, name, conv);
        }
        conv.put("bias", a.has("bias") ? a.flag("bias") : !bn);
        conv.put("init", a.init("init"));
        copy(a, "bias_init", conv);
        List<Layer> layers = new ArrayList<>();
        layers.add(single("conv", convolution, conv));
        if (bn) {
            layers.add(norm("bn", a));
        }
        if (!a.activation("act").isIdentity()) {
            layers.add(WordReader.activation("act", a.activation("act"), where));
        }
        return new Layer.Group(segment, Layer.Frame.OUTER, layers, where);
    }

    private Layer norm(String segment, Arguments a) {
        Map<String, Object> bn = new LinkedHashMap<>();
        for (String name : List.of("eps", "decay", "gamma_init")) {
            copy(a, name, bn);
        }
        return single(segment, "bn", bn);
    }

    private Layer expand(String segment, Arguments a) {
        double ratio = a.number("ratio");
        if (ratio == 1) {
            return new Layer.Group(segment, Layer.Frame.OUTER, List.of(), where);
        }
        Map<String, Object> more = new LinkedHashMap<>();
        more.put("out", new ChannelCount.OfInput(ratio, 1, Layer.Frame.WORD));
        more.put("kernel", Size.square(1));
        more.put("bn", true);
        more.put("bias", false);
        more.put("act", a.activation("act"));
        more.put("init", a.init("init"));
        copy(a, "eps", more);
        copy(a, "decay", more);
        // "$in" is what arrives at this word, whatever block it stands in
        return new Layer.Group(
                segment,
                Layer.Frame.WORD,
                List.of(normalised("", "conv", filled("conv_bn", more))),
                where);
    }

    /** x times gate(W2 act(W1 mean(x))), the mean over all pixels. */
    private Layer squeezeExcite(String segment, Arguments a) {
        ChannelCount squeezed =
                a.has("squeeze")
                        ? a.channels("squeeze")
                        : new ChannelCount.OfInput(
                                a.number("ratio"), a.integer("divisor"), Layer.Frame.WORD);
        Map<String, Object> first = new LinkedHashMap<>();
        Map<String, Object> second = new LinkedHashMap<>();
        // 1x1 on one pixel: what the file has by default for its convolutions isn't meant
        for (Map<String, Object> gate : List.of(first, second)) {
            gate.put("stride", Size.square(1));
            gate.put("padding", Padding.NONE);
            gate.put("dilation", Size.square(1));
            gate.put("groups", new ChannelCount.Exact(1));
            gate.put("bias_init", 0.0);
        }
        first.put("out", squeezed);
        first.put("kernel", Size.square(1));
        first.put("bias", a.flag("bias"));
        first.put("bn", a.flag("bn"));
        first.put("act", a.activation("act"));
        first.put("init", a.init("init"));
        second.put("out", new ChannelCount.OfInput(1, 1, Layer.Frame.WORD));
        second.put("kernel", Size.square(1));
        second.put("bias", a.flag("bias"));
        second.put("init", a.init("init"));
        Map<String, List<Layer>> paths = new LinkedHashMap<>();
        paths.put("identity", List.of());
        paths.put(
                "gate",
                List.of(
                        single("pool", "global_avg_pool", Map.of()),
                        normalised("squeeze", "conv", filled("conv_bn", first)),
                        single("excite", "conv", second),
                        WordReader.activation("act", a.activation("gate"), where)));
        Layer scaled = new Layer.Branches("", Join.MULTIPLY, false, paths, where);
        return new Layer.Group(segment, Layer.Frame.WORD, List.of(scaled), where);
    }

    private Layer single(String segment, String name, Map<String, Object> given) {
        return new Layer.Single(segment, Words.get(name), filled(name, given), where);
    }

    /** The arguments of a word, where {@code given} says nothing from the file's defaults. */
    private Arguments filled(String name, Map<String, Object> given) {
        Word word = Words.get(name);
        Word optional =
                new Word(
                        word.name(),
                        word.kind(),
                        word.summary(),
                        word.shorthand(),
                        word.arguments().stream()
                                .filter(argument -> !given.containsKey(argument.name()))
                                .toList());
        Arguments arguments = words.arguments(optional, where, Optional.empty());
        for (Map.Entry<String, Object> entry : given.entrySet()) {
            arguments = arguments.with(entry.getKey(), entry.getValue());
        }
        return name.equals("bn") || name.equals("conv") || name.equals("depthwise")
                ? arguments.with("act", Activation.NONE)
                : arguments;
    }

    private static void copy(Arguments a, String name, Map<String, Object> to) {
        if (a.has(name)) {
            a.value(name).ifPresent(value -> to.put(name, value));
        }
    }
}
