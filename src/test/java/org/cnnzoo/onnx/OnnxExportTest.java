package org.cnnzoo.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.cnnzoo.build.Backend;
import org.cnnzoo.build.EngineKind;
import org.cnnzoo.build.Model;
import org.cnnzoo.build.ModelBuilder;
import org.cnnzoo.build.Parameter;
import org.cnnzoo.errors.WorkFailed;
import org.cnnzoo.network.Network;
import org.cnnzoo.network.NetworkBuilder;
import org.cnnzoo.network.Shape;
import org.cnnzoo.spec.ArchitectureReader;
import org.cnnzoo.spec.SetValue;
import org.cnnzoo.spec.Zoo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What ONNX Runtime makes of our files, against our own logits. */
class OnnxExportTest {
    private static final int BATCH = 3;

    /** Of the largest logit: both compute in FLOAT, in another order. */
    private static final double TOLERANCE = 1e-4;

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{conv: {out: 17, kernel: [3, 5], stride: 2, padding: 2, act: relu}}",
                "{conv: {out: 8, kernel: 3, padding: [0, 1, 2, 0], act: tanh}}",
                "{conv: {out: 8, kernel: 3, dilation: 2, act: sigmoid}}",
                "{conv: {out: 6, kernel: 3, groups: 3, bias: true, act: elu}}",
                "{conv_bn: {out: 8, kernel: 3, act: relu6}}, {depthwise_bn: {kernel: 3, stride: 2,"
                        + " act: hard_swish}}",
                "{conv_bn: {out: 8, kernel: 3}}, {squeeze_excite: {ratio: 0.5, gate:"
                        + " hard_sigmoid}}",
                "{conv: {out: 8, kernel: 3}}, {bn: {affine: false}}, gelu",
                "{conv: {out: 8, kernel: 3}}, swish, {conv: {out: 8, kernel: 3}}, mish",
                "{conv: {out: 8, kernel: 3}}, {leaky_relu: 0.2}, softplus, softsign, selu",
                "{conv: {out: 8, kernel: 3}}, {max_pool: {kernel: 3, stride: 2, padding: 1}}",
                "{conv: {out: 8, kernel: 3}}, {max_pool: {kernel: 3, stride: 2, ceil: true}}",
                "{conv: {out: 8, kernel: 3}}, {max_pool: {kernel: 2, ceil: true}}",
                "{conv: {out: 8, kernel: 3}}, {avg_pool: {kernel: 3, stride: 2, padding: 1}}",
                "{conv: {out: 8, kernel: 3}}, {avg_pool: {kernel: 2, ceil: true}}",
                "{conv: {out: 8, kernel: 3}}, {avg_pool: {kernel: 2, ceil: true, padding: 1}}",
                "{conv: {out: 8, kernel: 4}}, {adaptive_avg_pool: [4, 5]}",
                "{conv: {out: 8, kernel: 3}}, {lrn: {size: 5, alpha: 0.1, beta: 0.75, k: 2}}",
                "{conv: {out: 8, kernel: 3}}, {channel_shuffle: 4}, {zero_pad: 1}, {upsample: 2}",
                "{conv: {out: 8, kernel: 3}}, {group_norm: 4}, layer_norm, {scale: 0.5}",
                "{conv: {out: 8, kernel: 3}}, prelu, {layer_scale: 0.3}, {dropout: 0.5}",
                "{conv: {out: 8, kernel: 3}}, {slice: {from: 2, to: 7}}, global_max_pool, softmax",
                "{branches: {split: true, of: {a: [relu], b: [tanh], c: [{conv: {out: 2, kernel:"
                        + " 3}}]}}}",
                "flatten, {dense: {out: 20, act: relu}}, bn, {dense: {out: 7, act: tanh}}",
                "{residual: {main: [{conv: {out: 5, kernel: 3, stride: 2}}], on_mismatch: pad}}",
                "{residual: {main: [{conv_bn: {out: 6, kernel: 3, stride: 2}}], on_mismatch:"
                        + " project, act: relu}}",
                "{branches: {join: concat, of: {a: [{conv: {out: 3, kernel: 1}}], b: [{conv: {out:"
                        + " 5, kernel: 3}}]}}}, {aux: {weight: 0.3, layers: [global_avg_pool,"
                        + " {classifier: $classes}]}}",
                "{branches: {join: max, of: {a: [relu], b: [{conv: {out: 3, kernel: 1}}]}}}",
            })
    void everyOperationMeansTheSame(String layers) throws OrtException {
        agrees(network(layers));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lenet5 |",
                "alexnet | input.shape=[3,64,64] params.hidden=32 params.classes=7",
                "vgg11_bn | input.shape=[3,32,32] params.hidden=32 params.width=0.25",
                "nin_cifar | params.width=0.25",
                "googlenet_bn | input.shape=[3,80,80] params.width=0.25",
                "resnet20_cifar |",
                "resnet18 | input.shape=[3,33,33]",
                "mobilenet_v1 | input.shape=[3,32,32] params.width=0.25",
                "mobilenet_v2 | input.shape=[3,32,32]",
                "mobilenet_v3_small | input.shape=[3,33,33]",
            })
    void theZooMeansTheSame(String name, String sets) throws OrtException {
        List<SetValue> values =
                sets == null
                        ? List.of()
                        : Arrays.stream(sets.split(" ", -1)).map(SetValue::parse).toList();
        agrees(NetworkBuilder.build(new Zoo(Path.of("configs/models")).load(name, values)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{conv: {out: 8, kernel: 3}}, {adaptive_avg_pool: 4} | 13x11 doesn't divide into"
                        + " 4x4 windows of one size",
                "{conv: {out: 8, kernel: 3}}, {lrn: {size: 4}} | its window of 4 channels is even",
            })
    void whatOnnxCannotSayIsAnErrorAndNoFile(String layers, String reason) {
        Model model = ModelBuilder.build(network(layers), 1, Backend.fp32(EngineKind.ND4J));
        Path file = folder.resolve("model.onnx");
        assertThatThrownBy(() -> OnnxExport.write(file, model, Map.of()))
                .isInstanceOf(WorkFailed.class)
                .hasMessageContaining("features.1 can't be written as ONNX: " + reason);
        assertThat(file).doesNotExist();
    }

    @Test
    void metadataAndAnyBatch() throws OrtException {
        Model model = ModelBuilder.build(network("{conv: {out: 4, kernel: 3}}"), 1);
        Path file = folder.resolve("model.onnx");
        OnnxExport.write(file, model, Map.of("mean", "[0.5]"));
        try (OrtSession session = session(file)) {
            assertThat(session.getMetadata().getCustomMetadata()).containsEntry("mean", "[0.5]");
            assertThat(session.getInputNames()).containsExactly("input");
            assertThat(session.getOutputNames()).containsExactly("logits");
            for (int batch : new int[] {1, 5}) {
                assertThat(run(session, Nd4j.rand('c', batch, 3, 13, 11))).hasDimensions(batch, 4);
            }
        }
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

    private void agrees(Network network) throws OrtException {
        Model model = ModelBuilder.build(network, 5, Backend.fp32(EngineKind.AUTO));
        unsettle(model);
        Shape in = network.input();
        INDArray images = Nd4j.rand('c', BATCH, in.channels(), in.height(), in.width()).subi(0.5);
        INDArray expected = model.logits(images).dup();
        Path file = folder.resolve("model.onnx");
        OnnxExport.write(file, model, Map.of());
        float[][] logits;
        try (OrtSession session = session(file)) {
            logits = run(session, images);
        }
        double largest = expected.amaxNumber().doubleValue();
        assertThat(largest).isPositive();
        for (int n = 0; n < BATCH; n++) {
            assertThat(logits[n]).hasSize(network.classes());
            for (int c = 0; c < network.classes(); c++) {
                assertThat((double) logits[n][c])
                        .isCloseTo(
                                expected.getDouble(n, c),
                                org.assertj.core.data.Offset.offset(TOLERANCE * largest));
            }
        }
    }

    /** Biases and statistics as after some training: with fresh ones mistakes hide. */
    private static void unsettle(Model model) {
        Random random = new Random(7);
        for (Parameter parameter : model.parameters()) {
            boolean variance = parameter.name().endsWith("running_var");
            for (long i = 0;
                    i < parameter.length() && parameter.role() != Parameter.Role.WEIGHT;
                    i++) {
                double was = model.values().getDouble(parameter.offset() + i);
                double noise = variance ? random.nextDouble() : 0.1 * random.nextGaussian();
                model.values().putScalar(parameter.offset() + i, was + noise);
            }
        }
    }

    private static OrtSession session(Path file) throws OrtException {
        return OrtEnvironment.getEnvironment().createSession(file.toString());
    }

    private static float[][] run(OrtSession session, INDArray images) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        FloatBuffer values = FloatBuffer.wrap(images.dup('c').ravel().toFloatVector());
        try (OnnxTensor input = OnnxTensor.createTensor(environment, values, images.shape());
                OrtSession.Result result = session.run(Map.of("input", input))) {
            return (float[][]) result.get(0).getValue();
        }
    }
}
