package org.cnnzoo.build.onednn;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.cnnzoo.build.onednn.Value.Dims;
import org.cnnzoo.network.BatchNorm;
import org.cnnzoo.network.Conv2d;
import org.cnnzoo.network.Node;
import org.jspecify.annotations.Nullable;

/**
 * A batch normalisation in inference as part of the convolution before it: with the running
 * statistics it is a factor and a shift for each channel, which the weights and a bias take up.
 */
final class Folding {
    private final Emitter emitter;
    private final Node conv;
    private final Conv2d operation;
    private final Node norm;
    private final BatchNorm normalization;
    private final Dims channels;
    private final Value bias;

    Folding(Emitter emitter, Node conv, Conv2d operation, Node norm) {
        this.emitter = emitter;
        this.conv = conv;
        this.operation = operation;
        this.norm = norm;
        this.normalization = (BatchNorm) norm.operation();
        this.channels = Dims.of(operation.out());
        this.bias = Value.planned(channels, Emitter.plain(channels));
    }

    /** The bias [out]; filled with {@link #weights}. */
    Value bias() {
        return bias;
    }

    /** Emits the weights, without blocks, and the bias. */
    Value weights(Dims dims) {
        Value folded = Value.planned(dims, Emitter.plain(dims));
        Value weight =
                emitter.parameters().value(conv.name() + ".weight", dims, Emitter.plain(dims));
        Value mean = perChannel(norm.name() + ".running_mean");
        Value variance = perChannel(norm.name() + ".running_var");
        Value gamma = normalization.affine() ? perChannel(norm.name() + ".weight") : null;
        Value beta = normalization.affine() ? perChannel(norm.name() + ".bias") : null;
        Value before = operation.bias() ? perChannel(conv.name() + ".bias") : null;
        List<Value> used = new ArrayList<>(List.of(folded, bias, weight, mean, variance));
        for (Value more : new Value[] {gamma, beta, before}) {
            if (more != null) {
                used.add(more);
            }
        }
        emitter.java(used, () -> fold(folded, weight, mean, variance, gamma, beta, before));
        return folded;
    }

    private Value perChannel(String name) {
        return emitter.parameters().value(name, channels, Emitter.plain(channels));
    }

    private void fold(
            Value folded,
            Value weight,
            Value mean,
            Value variance,
            @Nullable Value gamma,
            @Nullable Value beta,
            @Nullable Value before) {
        int out = Math.toIntExact(channels.count());
        float[] row = new float[Math.toIntExact(weight.dims().count() / out)];
        float[] means = floats(mean, out);
        float[] variances = floats(variance, out);
        float[] gammas = floats(gamma, out);
        float[] betas = floats(beta, out);
        float[] biases = floats(before, out);
        FloatBuffer from = weight.floats();
        FloatBuffer to = folded.floats();
        FloatBuffer shift = bias.floats();
        for (int c = 0; c < out; c++) {
            double scale =
                    (gamma == null ? 1 : gammas[c]) / Math.sqrt(variances[c] + normalization.eps());
            from.get(row);
            for (int i = 0; i < row.length; i++) {
                row[i] = (float) (row[i] * scale);
            }
            to.put(row);
            shift.put((float) (betas[c] + (biases[c] - means[c]) * scale));
        }
    }

    private static float[] floats(@Nullable Value value, int count) {
        float[] floats = new float[count];
        if (value != null) {
            value.floats().get(floats);
        }
        return floats;
    }
}
