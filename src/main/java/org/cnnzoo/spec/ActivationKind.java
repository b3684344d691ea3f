package org.cnnzoo.spec;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Activation functions by the names files use. {@code parameter} is alpha's default, where there is
 * one.
 */
public enum ActivationKind {
    /** max(x, 0). */
    RELU(0),
    /** min(max(x, 0), 6). */
    RELU6(0),
    /** x where positive, else alpha x. */
    LEAKY_RELU(0.01),
    /** x where positive, else alpha (e^x - 1). */
    ELU(1.0),
    /** Self-normalising ELU (Klambauer 2017). */
    SELU(0),
    /** Hyperbolic tangent. */
    TANH(0),
    /** 1 / (1 + e^-x). */
    SIGMOID(0),
    /** relu6(x + 3) / 6, as in MobileNetV3 (not Keras 2's 0.2x + 0.5). */
    HARD_SIGMOID(0),
    /** x relu6(x + 3) / 6, as in MobileNetV3. */
    HARD_SWISH(0),
    /** x sigmoid(x), also called SiLU. */
    SWISH(0),
    /** x Phi(x), with the exact normal distribution function. */
    GELU(0),
    /** x tanh(softplus(x)). */
    MISH(0),
    /** log(1 + e^x). */
    SOFTPLUS(0),
    /** x / (1 + |x|). */
    SOFTSIGN(0),
    /** x. */
    IDENTITY(0);

    private final double parameter;

    ActivationKind(double parameter) {
        this.parameter = parameter;
    }

    /** The default of alpha; 0 where the function has no alpha. */
    public double parameter() {
        return parameter;
    }

    /** Whether {@code {name: alpha}} may be written. */
    public boolean hasParameter() {
        return parameter != 0;
    }

    /** The name in files. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind of a name; {@code silu} and {@code none} are known too. */
    public static Optional<ActivationKind> of(String word) {
        return switch (word) {
            case "silu" -> Optional.of(SWISH);
            case "none", "linear" -> Optional.of(IDENTITY);
            default -> Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
        };
    }

    /** Every name that {@link #of} knows. */
    public static List<String> words() {
        List<String> words = new java.util.ArrayList<>();
        for (ActivationKind kind : values()) {
            words.add(kind.word());
        }
        words.add("silu");
        words.add("none");
        words.add("linear");
        return List.copyOf(words);
    }
}
