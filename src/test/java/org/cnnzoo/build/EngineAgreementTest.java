package org.cnnzoo.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.cnnzoo.build.onednn.OneDnnEngine;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.network.Network;
import org.cnnzoo.network.NetworkBuilder;
import org.cnnzoo.spec.ArchitectureReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Every operation on oneDNN against the Deeplearning4j graph, which is checked against PyTorch and
 * by numeric gradients: outputs in both modes, loss, all gradients and running statistics.
 */
class EngineAgreementTest {
    /** Of the largest value; powers and sums of FLOAT leave up to 4e-5 (LRN), mostly 1e-6. */
    private static final double TOLERANCE = 1e-4;

    /**
     * Of the largest logit: values between layers have eight bits, 0.4 %, and up to 1.7 % is left
     * of that behind these few layers.
     */
    private static final double BF16_TOLERANCE = 0.03;

    /**
     * Of a gradient's length, mostly 1 to 4 %; where the rounding takes a value over a ReLU's kink
     * or to another maximum of a window, one of few, up to 20 %.
     */
    private static final double BF16_GRADIENT_TOLERANCE = 0.25;

    /** Layers in front of the classifier, on images [3, 13, 11]. */
    private static final List<String> LAYERS =
            List.of(
                    "{conv: {out: 5, kernel: 3}}, relu",
                    "{conv: {out: 17, kernel: [3, 5], stride: 2, padding: 2, act: relu}}",
                    "{conv: {out: 8, kernel: 3, padding: [0, 1, 2, 0], act: tanh}}",
                    "{conv: {out: 8, kernel: 3, dilation: 2, act: sigmoid}}",
                    "{conv: {out: 1, kernel: 1}}, {conv: {out: 8, kernel: 3, dilation: 2}}",
                    "{conv: {out: 6, kernel: 3, groups: 3, act: elu}}",
                    "{conv: {out: 16, kernel: 1}}, {conv: {out: 32, kernel: 3, groups: 16}}",
                    "{conv: {out: 2, kernel: 2, padding: 0}}, {conv: {out: 11, kernel: 1, stride:"
                            + " 2}}",
                    "{conv: {out: 4, kernel: 2, padding: 0}}, {conv: {out: 21, kernel: 1, stride:"
                            + " 2}}",
                    "{conv: {out: 5, kernel: 2, padding: 0}}, {conv: {out: 3, kernel: 1, stride:"
                            + " 2}}",
                    "{conv: {out: 6, kernel: 2, padding: 0}}, {conv: {out: 8, kernel: 1, stride:"
                            + " 2}}",
                    "{conv: {out: 7, kernel: 2, padding: 0}}, {conv: {out: 13, kernel: 1, stride:"
                            + " 2}}",
                    "{conv: {out: 12, kernel: 2, padding: 0}}, {conv: {out: 15, kernel: 1, stride:"
                            + " 2}}",
                    "{conv: {out: 1, kernel: 1}}, {conv: {out: 4, kernel: 11, stride: 4, padding:"
                            + " 5}}",
                    "{conv_bn: {out: 7, kernel: 3, act: relu}}, {conv_bn: {out: 9, kernel: 3}}",
                    "{conv_bn: {out: 8, kernel: 3, act: relu6}}, {depthwise_bn: {kernel: 3, stride:"
                            + " 2, act: relu6}}, {conv_bn: {out: 12, kernel: 1}}",
                    "{conv_bn: {out: 8, kernel: 3, act: hard_swish, bias: true}},"
                            + " {squeeze_excite: {ratio: 0.5, gate: hard_sigmoid}}",
                    "bn, relu, {conv: {out: 4, kernel: 3}}, {bn: {eps: 0.1, decay: 0.5}}, gelu",
                    // 4x3 and 2x2 maps of many channels
                    "{conv: {out: 256, kernel: 3, stride: 4, act: relu}}, {conv: {out: 272,"
                            + " kernel: 3, act: relu}}, {conv_bn: {out: 256, kernel: 3}},"
                            + " {max_pool: {kernel: 2, ceil: true}}, {conv: {out: 256, kernel: 3}}",
                    // Depthwise windows that oneDNN has no kernel of their own for
                    "{conv: {out: 24, kernel: 3}}, {depthwise_bn: {kernel: 5, act: hard_swish}},"
                            + " {depthwise_bn: {kernel: 5, stride: 2}}",
                    "{conv: {out: 20, kernel: 3, stride: 4}}, {conv: {out: 20, kernel: 5, groups:"
                        + " 20, bias: false}}, {conv: {out: 20, kernel: [7, 1], groups: 20, bias:"
                        + " false}}",
                    "{conv: {out: 16, kernel: 3}}, {conv: {out: 16, kernel: 3, groups: 16,"
                            + " dilation: 2, bias: false}}, {conv: {out: 16, kernel: [2, 5],"
                            + " groups: 16, stride: [2, 3], padding: [0, 1, 2, 0]}}",
                    // Channels that don't fill their last block, in a network of blocks
                    "{conv_bn: {out: 512, kernel: 1}}, {conv_bn: {out: 120, kernel: 1, act:"
                            + " hard_swish}}, global_avg_pool",
                    "{conv: {out: 8, kernel: 3}}, {max_pool: 2}",
                    "{conv: {out: 8, kernel: 3}}, {max_pool: {kernel: 3, stride: 2, padding: 1}}",
                    "{conv: {out: 8, kernel: 3}}, {max_pool: {kernel: 3, stride: 2, ceil: true}}",
                    "{conv: {out: 8, kernel: 3}}, {avg_pool: {kernel: 3, stride: 2, padding: 1}}",
                    "{conv: {out: 8, kernel: 3}}, {avg_pool: {kernel: 2, ceil: true}}",
                    "{conv: {out: 8, kernel: 3}}, {adaptive_avg_pool: 4}",
                    "{conv: {out: 8, kernel: 3}}, global_avg_pool",
                    "{conv: {out: 8, kernel: 3}}, global_max_pool",
                    "{conv: {out: 9, kernel: 3, act: relu}}, {lrn: {size: 5, alpha: 0.1, beta:"
                            + " 0.75, k: 2}}",
                    "{conv: {out: 9, kernel: 3}}, {lrn: {size: 3, alpha: 0.5, beta: 0.5, k: 1,"
                            + " divide_alpha: true}}, relu",
                    "{conv: {out: 8, kernel: 3}}, {dropout: 0.4}",
                    "{conv: {out: 8, kernel: 3}}, {spatial_dropout: 0.4}, {dense: {out: 9, act:"
                            + " relu}}, {dropout: 0.5}",
                    "{conv: {out: 8, kernel: 3}}, {drop_path: 0.4}",
                    "{conv: {out: 8, kernel: 3}}, {slice: {from: 2, to: 7}}, {layer_scale: 0.3}",
                    "{conv: {out: 8, kernel: 3}}, prelu, {upsample: 2}",
                    "{conv: {out: 8, kernel: 3}}, {branches: {split: true, of: {a: [relu], b:"
                            + " [{conv: {out: 4, kernel: 1}}]}}}",
                    "{conv: {out: 8, kernel: 3}}, {leaky_relu: 0.2}, swish",
                    "{conv: {out: 8, kernel: 3}}, hard_swish, mish, softplus, hard_sigmoid",
                    "{conv: {out: 8, kernel: 3}}, selu, softsign",
                    "{conv: {out: 8, kernel: 3}}, {channel_shuffle: 4}, {zero_pad: 1}",
                    "{conv: {out: 8, kernel: 3}}, {group_norm: 4}, layer_norm, {scale: 0.5}",
                    "flatten, {dense: {out: 20, act: relu}}, {dense: {out: 7, act: tanh}}",
                    "{residual: {main: [{conv_bn: {out: 6, kernel: 3, stride: 2, act: relu}},"
                            + " {conv_bn: {out: 6, kernel: 3}}], on_mismatch: project, act: relu}}",
                    "{conv: {out: 6, kernel: 1}}, {residual: {main: [{conv_bn: {out: 6, kernel: 3,"
                        + " act: relu}}, {conv_bn: {out: 6, kernel: 3}}], act: relu}}, {residual:"
                        + " {main: [{conv: {out: 6, kernel: 3}}]}}",
                    "{residual: {main: [{conv: {out: 5, kernel: 3, stride: 2}}], on_mismatch:"
                            + " pad}}",
                    "{conv: {out: 12, kernel: 3}}, {residual: {main: [{conv: {out: 20, kernel: 3,"
                            + " stride: 2}}], on_mismatch: pad, act: relu}}",
                    "{conv: {out: 16, kernel: 3}}, {residual: {main: [{conv_bn: {out: 32, kernel:"
                            + " 3, stride: 2}}], on_mismatch: pad, act: relu}}, {residual: {main:"
                            + " [{conv: {out: 40, kernel: 3}}], on_mismatch: pad}}",
                    "{branches: {join: concat, of: {a: [{conv: {out: 3, kernel: 1, act: relu}}], b:"
                        + " [{conv: {out: 5, kernel: 3}}], c: [{max_pool: {kernel: 3, stride: 1,"
                        + " padding: 1}}]}}}, relu",
                    "{conv_bn: {out: 16, kernel: 3, act: relu}}, {branches: {join: concat, of: {a:"
                        + " [{conv_bn: {out: 32, kernel: 1, act: relu}}], b: [{max_pool: {kernel:"
                        + " 3, stride: 1, padding: 1}}, {conv: {out: 16, kernel: 5}}]}}},"
                        + " {depthwise_bn: {kernel: 3, stride: 2, act: relu6}}",
                    "{conv: {out: 32, kernel: 3}}, {spatial_dropout: 0.4}, {squeeze_excite: {ratio:"
                        + " 0.5, gate: sigmoid}}, {lrn: {size: 5, alpha: 0.1, beta: 0.75, k: 2}},"
                        + " selu, {channel_shuffle: 4}",
                    "{conv: {out: 4, kernel: 3, act: relu}}, {branches: {join: add, of: {a: [{conv:"
                            + " {out: 4, kernel: 1}}], b: [{dropout: 0.3}]}}}",
                    "{conv: {out: 4, kernel: 3}}, {aux: {weight: 0.3, layers: [{avg_pool: 3},"
                            + " {conv: {out: 2, kernel: 1, act: relu}}, {classifier: $classes}]}},"
                            + " {conv: {out: 3, kernel: 3}}");

    static Stream<Arguments> layersAndBatches() {
        return LAYERS.stream()
                .flatMap(layers -> Stream.of(1, 3).map(batch -> Arguments.of(layers, batch)));
    }

    private static Network network(String layers) {
        return NetworkBuilder.build(
                ArchitectureReader.parse(
                        "test.yaml",
                        "name: test\ninput: {shape: [3, 13, 11]}\nparams: {classes: 4}\nfeatures: ["
                                + layers
                                + "]\nhead: [{classifier: $classes}]\n",
                        List.of()));
    }

    @ParameterizedTest
    @MethodSource("layersAndBatches")
    void agrees(String layers, int batch) {
        agrees(network(layers), batch);
    }

    /** So many that a piece of a depthwise gradient has several images, and not all as many. */
    @ParameterizedTest
    @MethodSource("depthwise")
    void sumsOverManyImagesAgree(String layers) {
        agrees(network(layers), 20);
    }

    static Stream<String> depthwise() {
        return LAYERS.stream()
                .filter(layers -> layers.contains("depthwise_bn") || layers.contains("groups: "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{conv_bn: {out: 7, kernel: 3, act: relu}}, {conv_bn: {out: 9, kernel: 3}}",
                "{conv: {out: 8, kernel: 3}}, {bn: {affine: false}}, flatten, {dense: 6}, bn, tanh",
            })
    void agreesWithFixedStatistics(String layers) {
        Network network = network(layers).withFrozenNorms(node -> true);
        agrees(network, 3);
        Model model = ModelBuilder.build(network, 5, Backend.fp32(EngineKind.ONEDNN));
        INDArray images = floats(new Random(1), 3, 3, 13, 11);
        Step step = model.forwardBackward(images, Nd4j.eye(4).getRows(0, 1, 2).dup('c'), 0);
        // Without dropout, training and inference are the same then
        close("logits in both modes", step.logits(), model.logits(images), TOLERANCE);
        for (Parameter parameter : model.parameters()) {
            if (parameter.role() == Parameter.Role.RUNNING) {
                assertThat(part(model.gradients(), parameter).amaxNumber().doubleValue()).isZero();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("layersAndBatches")
    void agreesInBf16(String layers, int batch) {
        assumeThat(OneDnnEngine.bf16Refusal()).as("bfloat16 on this CPU").isEmpty();
        agrees(
                network(layers),
                batch,
                new Backend(EngineKind.ONEDNN, Precision.BF16),
                BF16_TOLERANCE);
    }

    private static void agrees(Network network, int batch) {
        agrees(network, batch, Backend.fp32(EngineKind.ONEDNN), TOLERANCE);
    }

    private static void agrees(Network network, int batch, Backend backend, double tolerance) {
        boolean bf16 = backend.precision() == Precision.BF16;
        Model ours = ModelBuilder.build(network, 5, backend);
        Model graph = ModelBuilder.build(network, 5, Backend.fp32(EngineKind.ND4J));
        assertThat(ours.engine()).isEqualTo("onednn");
        assertThat(graph.engine()).isEqualTo("nd4j");
        Random random = new Random(7);
        // Biases and statistics as after some training: with fresh ones mistakes hide
        float[] noise = new float[Math.toIntExact(graph.values().length())];
        for (Parameter parameter : graph.parameters()) {
            boolean variance = parameter.name().endsWith("running_var");
            int first = Math.toIntExact(parameter.offset());
            for (int i = 0; i < parameter.length(); i++) {
                noise[first + i] =
                        (float) (variance ? random.nextDouble() : 0.3 * random.nextGaussian());
            }
        }
        graph.values().addi(Nd4j.createFromArray(noise));
        ours.values().assign(graph.values());
        INDArray images = floats(random, batch, 3, 13, 11);
        INDArray targets = Nd4j.zeros(batch, 4);
        for (int n = 0; n < batch; n++) {
            // Rows of weighted classes don't add up to 1
            targets.putScalar(n, n % 4, 0.7 + 0.4 * (n % 3));
            targets.putScalar(n, (n + 1) % 4, 0.3 - 0.1 * (n % 2));
        }
        close("logits", ours.logits(images), graph.logits(images), tolerance);
        for (int iteration = 0; iteration < 2; iteration++) {
            Step expected = graph.forwardBackward(images, targets, iteration);
            Step step = ours.forwardBackward(images, targets, iteration);
            // In bf16 the loss is off by as much as the logits, however small it is itself
            double size =
                    bf16
                            ? Math.max(
                                    expected.loss(), expected.logits().amaxNumber().doubleValue())
                            : expected.loss();
            assertThat(step.loss()).isCloseTo(expected.loss(), within(size, tolerance));
            close("training logits", step.logits(), expected.logits(), tolerance);
            double whole = graph.gradients().amaxNumber().doubleValue();
            for (Parameter parameter : graph.parameters()) {
                INDArray gradient = part(ours.gradients(), parameter);
                INDArray wanted = part(graph.gradients(), parameter);
                String what = "gradient of " + parameter.name();
                if (bf16) {
                    closeInLength(what, gradient, wanted, whole);
                } else {
                    // Of its own size, or a small one could be wrong by far
                    double own = wanted.amaxNumber().doubleValue();
                    close(what, gradient, wanted, Math.max(own, 0.05 * whole), tolerance);
                }
            }
            // and the images again, to see that nothing is left of the step before
            images = floats(random, batch, 3, 13, 11);
        }
        close("logits after steps", ours.logits(images), graph.logits(images), tolerance);
    }

    private static org.assertj.core.data.Offset<Double> within(double size, double tolerance) {
        return org.assertj.core.data.Offset.offset(tolerance * Math.max(1, Math.abs(size)));
    }

    private static INDArray floats(Random random, int... shape) {
        int count = 1;
        for (int size : shape) {
            count *= size;
        }
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        long[] sizes = java.util.Arrays.stream(shape).asLongStream().toArray();
        return Nd4j.createFromArray(values).reshape('c', sizes);
    }

    private static INDArray part(INDArray vector, Parameter parameter) {
        return vector.get(
                org.nd4j.linalg.indexing.NDArrayIndex.interval(
                        parameter.offset(), parameter.offset() + parameter.length()));
    }

    private static void close(String what, INDArray ours, INDArray expected, double tolerance) {
        close(what, ours, expected, expected.amaxNumber().doubleValue(), tolerance);
    }

    private static void close(
            String what, INDArray ours, INDArray expected, double scale, double tolerance) {
        assertThat(ours.length()).isEqualTo(expected.length());
        double difference = Largest.difference(ours, expected);
        assertThat(difference / Math.max(scale, 1e-6)).as(what).isLessThan(tolerance);
    }

    /**
     * A gradient that is zero but for rounding, as a bias's before a norm, is told by the others.
     */
    private static void closeInLength(
            String what, INDArray ours, INDArray expected, double largestOfAll) {
        double length = expected.norm2Number().doubleValue();
        double rounding = BF16_TOLERANCE * largestOfAll;
        assertThat(ours.sub(expected).norm2Number().doubleValue())
                .as(what)
                .isLessThan(BF16_GRADIENT_TOLERANCE * length + rounding);
    }

    @Test
    void doubleRunsOnTheGraphAndAllElseOnOneDnn() {
        Network network = network("{conv: {out: 5, kernel: 3}}");
        assertThat(ModelBuilder.build(network, 1).engine()).isEqualTo("onednn");
        assertThat(ModelBuilder.build(network, 1, Backend.AUTO).engine()).isEqualTo("onednn");
        assertThat(ModelBuilder.build(network, 1, DataType.DOUBLE).engine()).isEqualTo("nd4j");
    }

    @Test
    void whatOneDnnHasNotIsRefusedOrRunsOnTheGraph() {
        Network network =
                network(
                        "{branches: {join: max, of: {a: [relu], b: [{conv: {out: 3, kernel:"
                                + " 1}}]}}}");
        assertThat(ModelBuilder.build(network, 1).engine()).isEqualTo("nd4j");
        assertThatThrownBy(() -> ModelBuilder.build(network, 1, Backend.fp32(EngineKind.ONEDNN)))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("--engine onednn can't run test: no max of 2 arrays");
    }

    @Test
    void batchesOfSeveralSizesTakeTurns() {
        Network network = network("{conv_bn: {out: 5, kernel: 3, act: relu}}, {max_pool: 2}");
        Model ours = ModelBuilder.build(network, 5, Backend.fp32(EngineKind.ONEDNN));
        Model graph = ModelBuilder.build(network, 5, Backend.fp32(EngineKind.ND4J));
        Random random = new Random(1);
        for (int batch : new int[] {3, 1, 2, 4, 3, 1}) {
            INDArray images = floats(random, batch, 3, 13, 11);
            close("batch " + batch, ours.logits(images), graph.logits(images), TOLERANCE);
            INDArray targets = Nd4j.zeros(batch, 4);
            targets.getColumn(1).assign(1);
            double expected = graph.forwardBackward(images, targets, 0).loss();
            assertThat(ours.forwardBackward(images, targets, 0).loss())
                    .isCloseTo(expected, within(expected, TOLERANCE));
        }
        assertThat(new ArrayList<>(List.of(ours.engine()))).containsExactly("onednn");
    }
}
