package org.cnnzoo.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.cnnzoo.network.Network;
import org.cnnzoo.network.NetworkBuilder;
import org.cnnzoo.spec.SetValue;
import org.cnnzoo.spec.Zoo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Every model of the zoo goes forward and backward on two small images, grey and colour.
 *
 * <p>That a step makes the loss fall can't be asked of two images here: where maps have shrunk to
 * one pixel, batch normalisation makes +1 and -1 of whatever arrives, and gradients explode.
 */
final class ZooStepIT {
    private static final Zoo ZOO = new Zoo(Networks.HOME.resolve("configs/models"));

    static Stream<Arguments> models() {
        return ZOO.names().stream()
                .flatMap(name -> Stream.of(Arguments.of(name, 1, 28), Arguments.of(name, 3, 32)));
    }

    @AfterEach
    void freeNativeMemory() {
        System.gc(); // arrays live outside the heap, which alone would call for no collection
    }

    @ParameterizedTest(name = "{0} {1}x{2}")
    @MethodSource("models")
    void everyWeightGetsAGradient(String name, int channels, int pixels) {
        int size = Math.max(pixels, ZOO.load(name, List.of()).input().minimum());
        Network network =
                NetworkBuilder.build(
                        ZOO.load(
                                name,
                                List.of(
                                        SetValue.parse("params.classes=10"),
                                        SetValue.parse(
                                                "input.shape=" + List.of(channels, size, size)))));
        Model model = ModelBuilder.build(network, 1);
        Nd4j.getRandom().setSeed(9);
        INDArray images = Nd4j.randn(DataType.FLOAT, 2, channels, size, size);
        INDArray targets = Nd4j.zeros(DataType.FLOAT, 2, 10);
        targets.putScalar(0, 3, 1).putScalar(1, 8, 1);
        double loss = model.forwardBackward(images, targets, 0).loss();
        assertThat(loss).isFinite().isPositive();
        for (Parameter parameter : model.parameters()) {
            double largest = slice(model.gradients(), parameter).amaxNumber().doubleValue();
            assertThat(largest).as(parameter.name()).isFinite();
            if (parameter.role() == Parameter.Role.WEIGHT) {
                assertThat(largest).as(parameter.name()).isPositive();
            }
        }
    }

    private static INDArray slice(INDArray flat, Parameter parameter) {
        return flat.get(
                NDArrayIndex.interval(parameter.offset(), parameter.offset() + parameter.length()));
    }
}
