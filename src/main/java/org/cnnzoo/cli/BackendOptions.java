package org.cnnzoo.cli;

import org.cnnzoo.build.Backend;
import org.cnnzoo.build.EngineKind;
import org.cnnzoo.build.Precision;
import org.cnnzoo.errors.BadInput;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --engine} and {@code --precision} of commands that only run a network. */
final class BackendOptions {
    static final String ENGINE = "--engine";
    static final String PRECISION = "--precision";
    static final String AMP = "--amp";
    static final String AMP_IS = "The same as --precision bf16.";

    @Option(
            names = ENGINE,
            paramLabel = "auto|onednn|nd4j",
            description = "What does the arithmetic (default ${DEFAULT-VALUE}).")
    private String engine = EngineKind.AUTO.label();

    @Option(
            names = PRECISION,
            paramLabel = "fp32|bf16",
            description = "In what numbers; bf16 on CPUs that have it (default fp32).")
    private @Nullable String precision;

    @Option(names = AMP, description = AMP_IS)
    private boolean amp;

    /**
     * The choice.
     *
     * @throws BadInput if there is no such engine or precision, or two are given
     */
    Backend backend() {
        if (amp && precision != null) {
            throw new BadInput(AMP + " and " + PRECISION + " set the same; give one of them");
        }
        Precision chosen =
                amp
                        ? Precision.BF16
                        : precision == null ? Precision.FP32 : Precision.named(precision);
        return new Backend(EngineKind.named(engine), chosen);
    }
}
