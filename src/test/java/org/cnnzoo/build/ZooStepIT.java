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
 * Every model of the zoo makes a training step on two small images, grey and colour, and its loss
 * on them falls.
 *
 * <p>How long the step is, is searched for along the negative gradient, by halves: where maps have
 * shrunk to one pixel, batch normalisation makes nearly +1 and -1 of whatever two images give,
 * gradients reach 1e9, and the loss falls only very near. With a wrong gradient it would not fall
 * at any length. Dropout's masks are the same before and after; the loss is that of training mode.
 */
final class ZooStepIT {
    /** Of the loss, at least: more than rounding in FLOAT makes. */
    private static final double FALL = 1e-3;

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
    void everyWeightGetsAGradientAndTheLossFalls(String name, int channels, int pixels) {
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
            double largest = Largest.of(slice(model.gradients(), parameter));
            assertThat(largest).as(parameter.name()).isFinite();
            if (parameter.role() == Parameter.Role.WEIGHT) {
                assertThat(largest).as(parameter.name()).isPositive();
            }
        }
        assertThat(lowest(model, images, targets, loss))
                .as("loss after a step, from " + loss)
                .isLessThan(loss * (1 - FALL));
    }

    /** The loss after the longest step along the negative gradient at which it falls. */
    private static double lowest(Model model, INDArray images, INDArray targets, double loss) {
        INDArray before = model.values().dup();
        INDArray direction = model.gradients().dup();
        for (Parameter parameter : model.parameters()) {
            if (!parameter.role().trainable()) {
                slice(direction, parameter).assign(0);
            }
        }
        double norm = direction.norm2Number().doubleValue();
        double after = loss;
        for (int halvings = 0; halvings < 40 && !(after < loss * (1 - FALL)); halvings++) {
            double length = Math.scalb(1.0, -halvings) / norm;
            model.values().assign(before.sub(direction.mul(length)));
            after = model.forwardBackward(images, targets, 0).loss();
        }
        return after;
    }

    private static INDArray slice(INDArray flat, Parameter parameter) {
        return flat.get(
                NDArrayIndex.interval(parameter.offset(), parameter.offset() + parameter.length()));
    }
}
