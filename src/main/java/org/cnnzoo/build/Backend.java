package org.cnnzoo.build;

import java.util.Optional;
import org.cnnzoo.build.onednn.OneDnnEngine;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.network.Network;
import org.nd4j.linalg.api.buffer.DataType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What does a model's arithmetic.
 *
 * @param engine which library
 * @param precision in what numbers; all but FP32 need oneDNN and a CPU that has them
 */
public record Backend(EngineKind engine, Precision precision) {
    /** The fastest there is in single precision. */
    public static final Backend AUTO = fp32(EngineKind.AUTO);

    private static final Logger LOG = LoggerFactory.getLogger(Backend.class);

    /** An engine in single precision. */
    public static Backend fp32(EngineKind engine) {
        return new Backend(engine, Precision.FP32);
    }

    /**
     * Refuses a precision that isn't to be had.
     *
     * @throws BadInput if the engine, the CPU or the network doesn't allow it
     */
    public void check(Network network) {
        Optional<String> refusal =
                precision == Precision.BF16 ? bf16Refusal(network) : Optional.empty();
        if (refusal.isPresent()) {
            throw new BadInput(
                    "--precision bf16 can't run %s: %s; leave it at fp32"
                            .formatted(network.name(), refusal.get()));
        }
    }

    /**
     * Whether a network of this kind runs on oneDNN here.
     *
     * @throws BadInput if it is asked for and can't be
     */
    boolean isOneDnn(Network network, DataType type) {
        check(network);
        if (precision == Precision.BF16) {
            return true;
        }
        if (engine == EngineKind.ND4J) {
            return false;
        }
        if (type != DataType.FLOAT && engine == EngineKind.AUTO) {
            return false; // DOUBLE is for checking gradients
        }
        Optional<String> refusal =
                type == DataType.FLOAT
                        ? OneDnnEngine.refusal(network)
                        : Optional.of("it computes in FLOAT alone");
        if (refusal.isPresent() && engine == EngineKind.ONEDNN) {
            throw new BadInput(
                    "--engine onednn can't run %s: %s".formatted(network.name(), refusal.get()));
        }
        refusal.ifPresent(why -> LOG.warn("{} runs on ND4J: oneDNN: {}", network.name(), why));
        return refusal.isEmpty();
    }

    private Optional<String> bf16Refusal(Network network) {
        return engine == EngineKind.ND4J
                ? Optional.of("only the onednn engine has it")
                : OneDnnEngine.refusal(network).or(OneDnnEngine::bf16Refusal);
    }
}
