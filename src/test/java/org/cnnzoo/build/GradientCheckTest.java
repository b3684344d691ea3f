package org.cnnzoo.build;

import static org.assertj.core.api.Assertions.assertThat;

import org.cnnzoo.network.Network;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Every kernel's gradients against central differences, in DOUBLE, weights and inputs. */
final class GradientCheckTest {
    private static final double STEP = 1e-6;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "conv: {out: 4, kernel: 3}",
                "conv: {out: 4, kernel: [1, 3], stride: 2, padding: 0, bias: false}",
                "conv: {out: 4, kernel: 3, stride: 2, padding: [0, 1, 0, 1]}",
                "conv: {out: 4, kernel: 4, stride: 2, padding: same}",
                "conv: {out: 4, kernel: 3, dilation: 2}",
                "conv: {out: 6, kernel: 3, groups: 2}",
                "conv: {out: 4, kernel: 2, groups: 2, dilation: [1, 2], padding: 1}",
                "conv: {out: 4, kernel: 2, groups: 2, padding: [1, 0, 0, 1]}",
                "depthwise: {kernel: 3}",
                "depthwise: {kernel: 3, stride: 2, multiplier: 2, bias: false}",
                "depthwise: {kernel: 2, padding: [0, 1, 0, 1]}",
                "dense: 5",
                "bn",
                "bn: {affine: false, eps: 1e-3}",
                "group_norm: 2",
                "layer_norm",
                "lrn: {size: 3, alpha: 0.5, beta: 0.75, k: 2}",
                "lrn: {size: 4, alpha: 0.5, beta: 0.6, k: 1, divide_alpha: true}",
                "max_pool: {kernel: 3, stride: 2}",
                "max_pool: {kernel: 3, stride: 2, padding: 1}",
                "max_pool: {kernel: 2, stride: 2, ceil: true}",
                "avg_pool: 2",
                "avg_pool: {kernel: 3, stride: 2, padding: 1}",
                "avg_pool: {kernel: 3, stride: 2, padding: 1, include_padding: false}",
                "avg_pool: {kernel: 2, stride: 2, ceil: true}",
                "avg_pool: {kernel: 3, stride: 2, padding: [0, 1, 1, 0], ceil: true}",
                "global_avg_pool",
                "global_max_pool",
                "adaptive_avg_pool: [3, 2]",
                "dropout: 0.5",
                "spatial_dropout: 0.5",
                "drop_path: 0.5",
                "flatten",
                "channel_shuffle: 2",
                "slice: {from: 1, to: 3}",
                "zero_pad: [1, 0, 2, 1]",
                "scale: 0.3",
                "layer_scale: 0.7",
                "prelu",
                "prelu: {shared: true}",
                "upsample: [2, 3]",
                "softmax",
                "relu",
                "relu6",
                "leaky_relu",
                "elu: 0.7",
                "selu",
                "tanh",
                "sigmoid",
                "hard_sigmoid",
                "hard_swish",
                "swish",
                "gelu",
                "mish",
                "softplus",
                "softsign",
                "squeeze_excite: {ratio: 0.5}",
                "residual: {main: [{conv_bn: {out: 6, kernel: 3, stride: 2, act: tanh}}],"
                        + " on_mismatch: pad}",
                "residual: {main: [{conv_bn: {out: 6, kernel: 3, stride: 2, act: tanh}}],"
                        + " on_mismatch: project}",
                "residual: {join: concat, main: [{conv: {out: 2, kernel: 3}}]}",
                "branches: {join: concat, of: [[{conv: {out: 2, kernel: 1}}], [], [{avg_pool:"
                        + " {kernel: 3, stride: 1, padding: 1}}]]}",
                "branches: {join: max, of: [[{conv: {out: 2, kernel: 1}}], [{conv: {out: 2, kernel:"
                        + " 3}}]]}",
                "branches: {split: true, of: [[], [tanh]]}",
            })
    void gradientsAgreeWithDifferences(String layer) {
        Network network =
                Networks.of(4, 5, 6, "conv: {name: front, out: 4, kernel: 1}", layer, "tanh");
        Model model = ModelBuilder.build(network, 7, DataType.DOUBLE);
        Nd4j.getRandom().setSeed(3);
        // values on a grid, jittered: no ties for max, no points at a kink
        INDArray images = Nd4j.randn(DataType.DOUBLE, 3, 4, 5, 6).muli(2);
        INDArray targets = Nd4j.zeros(DataType.DOUBLE, 3, 3);
        targets.putScalar(0, 0, 1).putScalar(1, 2, 1.5).putScalar(2, 1, 0.7).putScalar(2, 0, 0.3);
        model.forwardBackward(images, targets, 5);
        INDArray gradients = model.gradients().dup();
        INDArray values = model.values();
        int checked = 0;
        for (Parameter parameter : model.parameters()) {
            if (!parameter.role().trainable()) {
                continue;
            }
            long stride = Math.max(1, parameter.length() / 3);
            for (long i = parameter.offset();
                    i < parameter.offset() + parameter.length();
                    i += stride) {
                double value = values.getDouble(i);
                values.putScalar(i, value + STEP);
                double above = model.forwardBackward(images, targets, 5).loss();
                values.putScalar(i, value - STEP);
                double below = model.forwardBackward(images, targets, 5).loss();
                values.putScalar(i, value);
                double difference = (above - below) / (2 * STEP);
                double analytic = gradients.getDouble(i);
                double scale = Math.max(1e-4, Math.abs(difference) + Math.abs(analytic));
                assertThat(Math.abs(difference - analytic) / scale)
                        .as("%s of %s: %s, by differences %s", i, parameter, analytic, difference)
                        .isLessThan(1e-5);
                checked++;
            }
        }
        assertThat(checked).isGreaterThan(10);
    }
}
