package org.cnnzoo.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.cnnzoo.network.Network;
import org.cnnzoo.network.NetworkBuilder;
import org.cnnzoo.spec.SetValue;
import org.cnnzoo.spec.Zoo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Every model of the zoo learns one batch, on small grey and colour images. */
final class ZooStepIT {
    private static final Zoo ZOO = new Zoo(Networks.HOME.resolve("configs/models"));

    static Stream<Arguments> models() {
        return ZOO.names().stream()
                .flatMap(name -> Stream.of(Arguments.of(name, 1, 28), Arguments.of(name, 3, 32)));
    }

    @ParameterizedTest(name = "{0} {1}x{2}")
    @MethodSource("models")
    void lossFallsAndEveryParameterGetsAGradient(String name, int channels, int pixels) {
        int size = Math.max(pixels, ZOO.load(name, List.of()).input().minimum());
        Network network =
                NetworkBuilder.build(
                        ZOO.load(
                                name,
                                List.of(
                                        SetValue.parse("params.classes=10"),
                                        SetValue.parse(
                                                "input.shape=" + List.of(channels, size, size)))));
        Model model = ModelBuilder.build(network, 1, DataType.DOUBLE);
        Nd4j.getRandom().setSeed(9);
        INDArray images = Nd4j.randn(DataType.DOUBLE, 2, channels, size, size);
        INDArray targets = Nd4j.zeros(DataType.DOUBLE, 2, 10);
        targets.putScalar(0, 3, 1).putScalar(1, 8, 1);
        double first = model.forwardBackward(images, targets, 0).loss();
        for (Parameter parameter : model.parameters()) {
            double largest = slice(model.gradients(), parameter).amaxNumber().doubleValue();
            assertThat(largest).as(parameter.name()).isFinite();
            if (parameter.role() == Parameter.Role.WEIGHT) {
                assertThat(largest).as(parameter.name()).isPositive();
            }
        }
        // A short step, for two images make a steep landscape (a normalised 1x1 map is +1 or -1);
        // so
        // short that DOUBLE is needed, and that the loss must fall by what the gradient says.
        double norm = trainableNorm(model);
        double rate = 1e-6 / norm;
        step(model, rate);
        double last = model.forwardBackward(images, targets, 0).loss();
        assertThat(first - last).isCloseTo(rate * norm * norm, Percentage.withPercentage(20));
    }

    private static double trainableNorm(Model model) {
        double squares = 0;
        for (Parameter parameter : model.parameters()) {
            if (parameter.role().trainable()) {
                squares +=
                        Math.pow(
                                slice(model.gradients(), parameter).norm2Number().doubleValue(), 2);
            }
        }
        return Math.sqrt(squares);
    }

    private static void step(Model model, double rate) {
        for (Parameter parameter : model.parameters()) {
            if (parameter.role().trainable()) {
                INDArray value = slice(model.values(), parameter);
                value.subi(slice(model.gradients(), parameter).mul(rate));
            }
        }
    }

    private static INDArray slice(INDArray flat, Parameter parameter) {
        return flat.get(
                NDArrayIndex.interval(parameter.offset(), parameter.offset() + parameter.length()));
    }
}
