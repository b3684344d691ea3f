package org.cnnzoo.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.cnnzoo.network.Network;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/**
 * Our kernels, on oneDNN where FLOAT allows, against Deeplearning4j's built-in layers with their
 * im2col convolutions: the same outputs and the same gradients.
 */
final class StockAgreementTest {

    @ParameterizedTest
    @CsvSource({
        // kernel, stride, padding, size, batch
        "3, 1, 1, 8, 4",
        "3, 2, 1, 9, 2",
        "5, 1, 2, 7, 3",
        "1, 1, 0, 6, 1",
        "7, 2, 3, 15, 2",
        "11, 4, 2, 31, 1",
        "2, 2, 0, 6, 2",
        "4, 3, 0, 13, 5",
    })
    void convolutionBatchNormAndPoolingAgree(int kernel, int stride, int padding, int size, int n) {
        Network network =
                Networks.of(
                        3,
                        size,
                        size,
                        "conv: {name: conv, out: 5, kernel: %d, stride: %d, padding: %d}"
                                .formatted(kernel, stride, padding),
                        "bn: {name: bn}",
                        "relu: {name: relu}",
                        "max_pool: {name: pool, kernel: 2, stride: 1}");
        Model ours = ModelBuilder.build(network, 11);
        ComputationGraph stock = stock(size, kernel, stride, padding);
        Nd4j.getRandom().setSeed(5);
        INDArray images = Nd4j.randn(DataType.FLOAT, n, 3, size, size);
        INDArray targets = Nd4j.zeros(DataType.FLOAT, n, 3);
        for (int i = 0; i < n; i++) {
            targets.putScalar(i, i % 3, 1);
        }
        // scales and shifts that are not 1 and 0
        view(ours, "features.bn", "weight").assign(Nd4j.rand(DataType.FLOAT, 5).addi(0.5));
        view(ours, "features.bn", "bias").assign(Nd4j.randn(DataType.FLOAT, 5));
        view(ours, "features.bn", "running_mean").assign(Nd4j.randn(DataType.FLOAT, 5));
        view(ours, "features.bn", "running_var").assign(Nd4j.rand(DataType.FLOAT, 5).addi(0.5));
        copy(ours, stock);

        // inference
        INDArray logits = ours.logits(images);
        INDArray softmax = Nd4j.nn().softmax(logits, 1);
        close(softmax, stock.outputSingle(false, images), "probabilities");

        // training
        Step step = ours.forwardBackward(images, targets, 0);
        stock.setInput(0, images);
        stock.setLabels(targets);
        stock.computeGradientAndScore();
        assertThat(step.loss()).isCloseTo(stock.score(), org.assertj.core.data.Offset.offset(1e-5));
        gradient(ours, "features.conv", "weight", stock, "conv", "W", n);
        // a bias in front of a batch normalisation does nothing: both find rounding noise
        assertThat(stock.gradient().gradientForVariable().get("conv_b").amaxNumber().doubleValue())
                .isLessThan(1e-5);
        assertThat(mine(ours, "features.conv", "bias").amaxNumber().doubleValue()).isLessThan(1e-5);
        gradient(ours, "features.bn", "weight", stock, "bn", "gamma", n);
        gradient(ours, "features.bn", "bias", stock, "bn", "beta", n);
        gradient(ours, "head.0", "bias", stock, "out", "b", n);
    }

    private static ComputationGraph stock(int size, int kernel, int stride, int padding) {
        // oneDNN helpers are asked for when layers are made: none for these
        String helpers = "org.eclipse.deeplearning4j.helpers.disable";
        String before = System.getProperty(helpers, "");
        System.setProperty(helpers, "true");
        try {
            NeuralNetConfiguration.Builder builder =
                    new NeuralNetConfiguration.Builder()
                            .updater(new NoOp())
                            .activation(Activation.IDENTITY)
                            .convolutionMode(ConvolutionMode.Truncate);
            Layer conv =
                    new ConvolutionLayer.Builder(kernel, kernel)
                            .stride(stride, stride)
                            .padding(padding, padding)
                            .nOut(5)
                            .build();
            Layer bn =
                    new BatchNormalization.Builder().eps(1e-5).decay(0.9).useLogStd(false).build();
            ComputationGraph graph =
                    new ComputationGraph(
                            builder.graphBuilder()
                                    .addInputs("in")
                                    .setInputTypes(InputType.convolutional(size, size, 3))
                                    .addLayer("conv", conv, "in")
                                    .addLayer("bn", bn, "conv")
                                    .addLayer("relu", new ActivationLayer(Activation.RELU), "bn")
                                    .addLayer(
                                            "pool",
                                            new SubsamplingLayer.Builder()
                                                    .kernelSize(2, 2)
                                                    .stride(1, 1)
                                                    .build(),
                                            "relu")
                                    .addLayer(
                                            "out",
                                            new OutputLayer.Builder(
                                                            LossFunctions.LossFunction.MCXENT)
                                                    .activation(Activation.SOFTMAX)
                                                    .nOut(3)
                                                    .build(),
                                            "pool")
                                    .setOutputs("out")
                                    .build());
            graph.init();
            return graph;
        } finally {
            System.setProperty(helpers, before);
        }
    }

    private static INDArray view(Model model, String layer, String name) {
        return model.graph().getLayer(layer).paramTable().get(name);
    }

    private static void copy(Model ours, ComputationGraph stock) {
        set(stock, "conv", "W", view(ours, "features.conv", "weight"));
        set(stock, "conv", "b", view(ours, "features.conv", "bias"));
        set(stock, "bn", "gamma", view(ours, "features.bn", "weight"));
        set(stock, "bn", "beta", view(ours, "features.bn", "bias"));
        set(stock, "bn", "mean", view(ours, "features.bn", "running_mean"));
        set(stock, "bn", "var", view(ours, "features.bn", "running_var"));
        set(stock, "out", "W", view(ours, "head.0", "weight").transpose());
        set(stock, "out", "b", view(ours, "head.0", "bias"));
    }

    private static void set(ComputationGraph graph, String layer, String key, INDArray value) {
        INDArray param = graph.getLayer(layer).paramTable().get(key);
        param.assign(value.dup('c').reshape('c', param.shape()));
    }

    /** Stock gradients are sums over the batch; its updater would divide them. */
    private static void gradient(
            Model ours,
            String layer,
            String name,
            ComputationGraph stock,
            String stockLayer,
            String key,
            int n) {
        Map<String, INDArray> table = stock.gradient().gradientForVariable();
        INDArray theirs = table.get(stockLayer + "_" + key).dup('c').divi(n);
        close(mine(ours, layer, name), theirs.reshape(theirs.length()), layer + "." + name);
    }

    private static INDArray mine(Model ours, String layer, String name) {
        Parameter parameter =
                ours.parameters().stream()
                        .filter(p -> p.name().equals(layer + "." + name))
                        .findFirst()
                        .orElseThrow();
        return ours.gradients()
                .get(
                        NDArrayIndex.interval(
                                parameter.offset(), parameter.offset() + parameter.length()));
    }

    private static void close(INDArray a, INDArray b, String what) {
        double scale = Math.max(1e-3, b.amaxNumber().doubleValue());
        assertThat(Largest.difference(a, b) / scale).as(what).isLessThan(1e-4);
    }
}
