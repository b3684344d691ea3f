package org.cnnzoo.spec;

import static org.cnnzoo.spec.Argument.OPTIONAL;
import static org.cnnzoo.spec.Word.Kind.COMPOSITE;
import static org.cnnzoo.spec.Word.Kind.OPERATION;
import static org.cnnzoo.spec.Word.Kind.STRUCTURE;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every word that may stand in a list of layers. The reader, the JSON Schema, the reference table
 * of the docs and the messages all come from this one table.
 */
public final class Words {
    private static final Map<String, Word> ALL = new LinkedHashMap<>();

    static {
        operations();
        composites();
        structures();
        for (ActivationKind kind : ActivationKind.values()) {
            if (kind.hasParameter()) {
                add(
                        OPERATION,
                        kind.word(),
                        "Activation.",
                        "alpha",
                        number("alpha", kind.parameter() + "", 0, 100, "the function's alpha"));
            } else {
                add(OPERATION, kind.word(), "Activation.", null);
            }
        }
        add(OPERATION, "silu", "Activation: another name of swish.", null);
    }

    private Words() {}

    /** All words by name, operations first. */
    public static Map<String, Word> all() {
        return Collections.unmodifiableMap(ALL);
    }

    static Word get(String name) {
        Word word = ALL.get(name);
        if (word == null) {
            throw new IllegalArgumentException("no word " + name);
        }
        return word;
    }

    private static void operations() {
        add(
                OPERATION,
                "conv",
                "2-d convolution; [C, H, W] to [out, H', W'].",
                "out",
                channels("out", null, "output channels"),
                size("kernel", null, "window"),
                size("stride", "1", "step"),
                padding("half"),
                size("dilation", "1", "distance of the window's taps"),
                channels("groups", "1", "groups of channels that don't see each other"),
                flag("bias", "true", "whether a bias is added"),
                activation("act", "none", "activation behind it"),
                init("he_fan_in"),
                number("bias_init", "0", -100, 100, "what biases start at"),
                number("min_multiplier", "0", 0, 100, MIN_MULTIPLIER));
        add(
                OPERATION,
                "depthwise",
                "Convolution of each channel by itself.",
                "kernel",
                size("kernel", null, "window"),
                size("stride", "1", "step"),
                padding("half"),
                size("dilation", "1", "distance of the window's taps"),
                integer("multiplier", "1", 1, "output channels for each input channel"),
                flag("bias", "true", "whether a bias is added"),
                activation("act", "none", "activation behind it"),
                init("he_fan_in"),
                number("bias_init", "0", -100, 100, "what biases start at"));
        add(
                OPERATION,
                "dense",
                "Fully connected layer; flattens what arrives; to [out].",
                "out",
                channels("out", null, "output features"),
                flag("bias", "true", "whether a bias is added"),
                activation("act", "none", "activation behind it"),
                init("he_fan_in"),
                number("bias_init", "0", -100, 100, "what biases start at"),
                number("min_multiplier", "0", 0, 100, MIN_MULTIPLIER));
        add(
                OPERATION,
                "bn",
                "Batch normalisation over N, H, W for each channel (Ioffe 2015).",
                null,
                number("eps", "1e-5", 0, 1, "added to the variance"),
                number("decay", "0.9", 0, 1, "of the running averages; 1 - PyTorch's momentum"),
                number("gamma_init", "1", -100, 100, "what scales start at"),
                flag("affine", "true", "whether scale and shift are trained"),
                activation("act", "none", "activation behind it"));
        add(
                OPERATION,
                "group_norm",
                "Group normalisation over H, W and the channels of a group (Wu 2018).",
                "groups",
                integer("groups", "32", 1, "groups; must divide the channels"),
                number("eps", "1e-5", 0, 1, "added to the variance"));
        add(
                OPERATION,
                "layer_norm",
                "Layer normalisation over the channels at each pixel (ConvNeXt's LayerNorm2d).",
                null,
                number("eps", "1e-6", 0, 1, "added to the variance"));
        add(
                OPERATION,
                "lrn",
                "Local response normalisation over neighbouring channels (Krizhevsky 2012).",
                null,
                integer("size", "5", 1, "channels in the window"),
                number("alpha", "1e-4", 0, 100, "factor of the sum of squares"),
                number("beta", "0.75", 0, 100, "exponent"),
                number("k", "2", 0, 100, "added to the sum"),
                flag(
                        "divide_alpha",
                        "false",
                        "whether alpha is divided by size (Caffe and PyTorch do, the paper does"
                                + " not)"));
        for (String pool : List.of("max_pool", "avg_pool")) {
            List<Argument> arguments = new ArrayList<>();
            arguments.add(size("kernel", null, "window"));
            arguments.add(size("stride", OPTIONAL, "step; the kernel where left out"));
            arguments.add(padding("0"));
            arguments.add(flag("ceil", "false", "whether a last partial window counts"));
            if (pool.equals("avg_pool")) {
                arguments.add(
                        flag(
                                "include_padding",
                                "true",
                                "whether padded pixels count in the mean (as in PyTorch)"));
            }
            add(
                    OPERATION,
                    pool,
                    pool.equals("max_pool") ? "Maximum over windows." : "Mean over windows.",
                    "kernel",
                    arguments.toArray(Argument[]::new));
        }
        add(OPERATION, "global_avg_pool", "Mean over all pixels; to [C, 1, 1].", null);
        add(OPERATION, "global_max_pool", "Maximum over all pixels; to [C, 1, 1].", null);
        add(
                OPERATION,
                "adaptive_avg_pool",
                "Mean over windows chosen so that the output has the given size (PyTorch's).",
                "size",
                size("size", null, "output size"));
        add(
                OPERATION,
                "dropout",
                "Sets a share of the values to 0 in training and scales the rest up.",
                "rate",
                number("rate", "0.5", 0, 0.999, "probability that a value is dropped"));
        add(
                OPERATION,
                "spatial_dropout",
                "Dropout of whole channels.",
                "rate",
                number("rate", "0.5", 0, 0.999, "probability that a channel is dropped"));
        add(
                OPERATION,
                "drop_path",
                "Stochastic depth: drops a whole path for some images in training (Huang 2016).",
                "rate",
                number("rate", "0.1", 0, 0.999, "probability that an image's path is dropped"));
        add(OPERATION, "flatten", "[C, H, W] to [C H W], channel by channel.", null);
        add(
                OPERATION,
                "channel_shuffle",
                "Interleaves groups of channels (ShuffleNet).",
                "groups",
                integer("groups", null, 1, "groups; must divide the channels"));
        add(
                OPERATION,
                "slice",
                "Takes the channels from (inclusive) to (exclusive).",
                null,
                new Argument(
                        "from",
                        Argument.Type.CHANNELS,
                        "0",
                        List.of(),
                        0,
                        1 << 24,
                        "first channel"),
                channels("to", OPTIONAL, "one behind the last; all that are left where left out"));
        add(
                OPERATION,
                "zero_pad",
                "Adds borders of zeros.",
                "padding",
                new Argument(
                        "padding",
                        Argument.Type.PADDING,
                        null,
                        List.of(),
                        0,
                        10_000,
                        "pixels: all sides, [height, width] or [top, bottom, left, right]"));
        add(
                OPERATION,
                "scale",
                "Multiplies by a constant.",
                "by",
                number("by", null, -1e6, 1e6, "the factor"));
        add(
                OPERATION,
                "layer_scale",
                "Multiplies each channel by a trained factor (CaiT, ConvNeXt).",
                "init",
                number("init", "1e-6", -100, 100, "what the factors start at"));
        add(
                OPERATION,
                "prelu",
                "x where positive, else a trained slope for each channel times x (He 2015).",
                "init",
                number("init", "0.25", -100, 100, "what the slopes start at"),
                flag("shared", "false", "one slope for all channels"));
        add(
                OPERATION,
                "upsample",
                "Repeats each pixel (nearest neighbour).",
                "factor",
                size("factor", "2", "how often"));
        add(
                OPERATION,
                "softmax",
                "Softmax over the channels at each pixel; the loss has its own, so a classifier"
                        + " needs none.",
                null);
    }

    private static final String MIN_MULTIPLIER =
            "the channel multiplier counts as at least this here";

    private static void composites() {
        add(
                COMPOSITE,
                "conv_bn",
                "Convolution, batch normalisation, activation.",
                "out",
                channels("out", null, "output channels"),
                size("kernel", null, "window"),
                size("stride", "1", "step"),
                padding("half"),
                size("dilation", "1", "distance of the window's taps"),
                channels("groups", "1", "groups of channels that don't see each other"),
                flag(
                        "bias",
                        OPTIONAL,
                        "bias of the convolution; where left out, only if bn: false"),
                flag("bn", "true", "false leaves the batch normalisation out"),
                activation("act", "none", "activation at the end"),
                init("he_fan_in"),
                number("bias_init", "0", -100, 100, "what biases start at"),
                number("eps", OPTIONAL, 0, 1, "bn's eps"),
                number("decay", OPTIONAL, 0, 1, "bn's decay"),
                number("gamma_init", OPTIONAL, -100, 100, "bn's gamma_init"),
                number("min_multiplier", "0", 0, 100, MIN_MULTIPLIER));
        add(
                COMPOSITE,
                "depthwise_bn",
                "Depthwise convolution, batch normalisation, activation.",
                "kernel",
                size("kernel", null, "window"),
                size("stride", "1", "step"),
                padding("half"),
                size("dilation", "1", "distance of the window's taps"),
                integer("multiplier", "1", 1, "output channels for each input channel"),
                flag(
                        "bias",
                        OPTIONAL,
                        "bias of the convolution; where left out, only if bn: false"),
                flag("bn", "true", "false leaves the batch normalisation out"),
                activation("act", "none", "activation at the end"),
                init("he_fan_in"),
                number("eps", OPTIONAL, 0, 1, "bn's eps"),
                number("decay", OPTIONAL, 0, 1, "bn's decay"),
                number("gamma_init", OPTIONAL, -100, 100, "bn's gamma_init"));
        add(
                COMPOSITE,
                "expand_bn",
                "1x1 convolution to ratio times the channels that arrive, batch normalisation,"
                        + " activation; nothing at ratio 1.",
                "ratio",
                number("ratio", null, 0, 1000, "output channels over input channels"),
                activation("act", "none", "activation at the end"),
                init("he_fan_in"),
                number("eps", OPTIONAL, 0, 1, "bn's eps"),
                number("decay", OPTIONAL, 0, 1, "bn's decay"));
        add(
                COMPOSITE,
                "squeeze_excite",
                "Scales channels by what a small network says of their means (Hu 2018).",
                "ratio",
                number("ratio", "0.0625", 0, 100, "squeezed channels over the arriving ones"),
                channels("squeeze", OPTIONAL, "squeezed channels, instead of the ratio"),
                integer("divisor", "1", 1, "squeezed channels are rounded to a multiple of it"),
                activation("act", "relu", "activation of the squeezed channels"),
                activation("gate", "sigmoid", "activation that makes the scales"),
                flag("bias", "true", "biases of its two convolutions"),
                flag("bn", "false", "batch normalisation behind the first convolution"),
                init("he_fan_in"));
        add(
                COMPOSITE,
                "classifier",
                "The last dense layer; its output are the logits.",
                "classes",
                integer("classes", null, 1, "how many classes"),
                flag("bias", "true", "whether a bias is added"),
                init("he_fan_in"),
                number("bias_init", "0", -100, 100, "what biases start at"));
    }

    private static void structures() {
        add(
                STRUCTURE,
                "residual",
                "A main path and a shortcut round it, added.",
                "main",
                new Argument(
                        "main",
                        Argument.Type.LAYERS,
                        null,
                        List.of(),
                        0,
                        0,
                        "layers of the main path"),
                new Argument(
                        "shortcut",
                        Argument.Type.LAYERS,
                        OPTIONAL,
                        List.of(),
                        0,
                        0,
                        "layers of the shortcut; nothing where left out"),
                new Argument(
                        "on_mismatch",
                        Argument.Type.MISMATCH,
                        "error",
                        List.of("error", "project", "pad", "drop"),
                        0,
                        0,
                        "where the shortcut's shape is not the main path's: project (1x1"
                                + " convolution with bn), pad (subsample, fill with zero"
                                + " channels), drop (no shortcut), or layers"),
                choice("join", "add", Join.values(), "how the two meet"),
                flag("plain", "false", "true leaves the shortcut out"),
                activation("act", "none", "activation behind the sum"),
                number("scale", "1", -100, 100, "factor of the main path before the sum"),
                new Argument(
                        "drop_path",
                        Argument.Type.DROP_PATH,
                        "0",
                        List.of(),
                        0,
                        0.999,
                        "stochastic depth: how often the main path is dropped in training;"
                                + " {linear: rate} grows from 0 at the network's first residual to"
                                + " rate at its last"));
        add(
                STRUCTURE,
                "branches",
                "Parallel paths over one input, joined.",
                "of",
                new Argument(
                        "of",
                        Argument.Type.BRANCHES,
                        null,
                        List.of(),
                        0,
                        0,
                        "the branches: lists of layers ([] passes on); a mapping names them"),
                choice("join", "concat", Join.values(), "how they meet"),
                flag("split", "false", "true shares the channels out among the branches"),
                activation("act", "none", "activation behind the join"));
        add(
                STRUCTURE,
                "repeat",
                "The same layers several times, one after the other.",
                null,
                integer("count", null, 0, "how often"),
                new Argument(
                        "layers", Argument.Type.LAYERS, null, List.of(), 0, 0, "what is repeated"));
        add(
                STRUCTURE,
                "stages",
                "A table like the paper's: each row calls a block.",
                null,
                new Argument(
                        "block", Argument.Type.TEXT, null, List.of(), 0, 0, "the block's name"),
                new Argument(
                        "columns",
                        Argument.Type.ROWS,
                        null,
                        List.of(),
                        0,
                        0,
                        "the block's arguments; also repeat (copies after the first take stride 1),"
                                + " name (of the row)"),
                new Argument(
                        "rows",
                        Argument.Type.ROWS,
                        null,
                        List.of(),
                        0,
                        0,
                        "one row for each stage"),
                new Argument(
                        "with",
                        Argument.Type.ROWS,
                        OPTIONAL,
                        List.of(),
                        0,
                        0,
                        "a mapping of arguments that are the same in every row"),
                new Argument(
                        "between",
                        Argument.Type.LAYERS,
                        OPTIONAL,
                        List.of(),
                        0,
                        0,
                        "layers between two rows"));
        add(
                STRUCTURE,
                "aux",
                "An auxiliary classifier that exists in training only.",
                null,
                number("weight", null, 0, 100, "factor of its loss"),
                new Argument("layers", Argument.Type.LAYERS, null, List.of(), 0, 0, "the head"));
        add(
                STRUCTURE,
                "tap",
                "Remembers what arrives here under a name.",
                "as",
                new Argument("as", Argument.Type.TEXT, null, List.of(), 0, 0, "the name"));
        add(
                STRUCTURE,
                "from",
                "Goes on from what a tap remembered.",
                "tap",
                new Argument("tap", Argument.Type.TEXT, null, List.of(), 0, 0, "the tap's name"));
    }

    private static void add(
            Word.Kind kind,
            String name,
            String summary,
            @Nullable String shorthand,
            Argument... arguments) {
        ALL.put(name, new Word(name, kind, summary, shorthand, List.of(arguments)));
    }

    private static Argument channels(String name, @Nullable String fallback, String doc) {
        return new Argument(name, Argument.Type.CHANNELS, fallback, List.of(), 1, 1 << 24, doc);
    }

    private static Argument size(String name, @Nullable String fallback, String doc) {
        return new Argument(name, Argument.Type.SIZE, fallback, List.of(), 1, 10_000, doc);
    }

    private static Argument integer(
            String name, @Nullable String fallback, double least, String doc) {
        return new Argument(name, Argument.Type.INTEGER, fallback, List.of(), least, 1 << 24, doc);
    }

    private static Argument number(
            String name, @Nullable String fallback, double least, double most, String doc) {
        return new Argument(name, Argument.Type.NUMBER, fallback, List.of(), least, most, doc);
    }

    private static Argument flag(String name, @Nullable String fallback, String doc) {
        return new Argument(name, Argument.Type.BOOLEAN, fallback, List.of(), 0, 0, doc);
    }

    private static Argument padding(String fallback) {
        return new Argument(
                "padding",
                Argument.Type.PADDING,
                fallback,
                List.of("half", "same", "valid"),
                0,
                10_000,
                "pixels at the borders: half (keeps the size at stride 1), same (as Keras), valid"
                        + " (none), or numbers");
    }

    private static Argument activation(String name, String fallback, String doc) {
        return new Argument(
                name, Argument.Type.ACTIVATION, fallback, ActivationKind.words(), 0, 0, doc);
    }

    private static Argument init(String fallback) {
        return new Argument(
                "init",
                Argument.Type.INIT,
                fallback,
                Arrays.stream(Init.Kind.values())
                        .map(kind -> kind.name().toLowerCase(java.util.Locale.ROOT))
                        .toList(),
                0,
                0,
                "how weights start");
    }

    private static <E extends Enum<E>> Argument choice(
            String name, String fallback, E[] values, String doc) {
        return new Argument(
                name,
                Argument.Type.CHOICE,
                fallback,
                Arrays.stream(values)
                        .map(value -> value.name().toLowerCase(java.util.Locale.ROOT))
                        .toList(),
                0,
                0,
                doc);
    }
}
