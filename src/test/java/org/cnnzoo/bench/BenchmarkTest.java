package org.cnnzoo.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.cnnzoo.build.Backend;
import org.cnnzoo.build.EngineKind;
import org.cnnzoo.build.Model;
import org.cnnzoo.build.ModelBuilder;
import org.cnnzoo.network.Network;
import org.cnnzoo.network.NetworkBuilder;
import org.cnnzoo.network.Node;
import org.cnnzoo.spec.SetValue;
import org.cnnzoo.spec.Zoo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class BenchmarkTest {
    private static final Sampling FEW = new Sampling(1, 3, 0);

    /** Two residuals, one of them projected; sums, norms, a dense layer: 2 x 2 px at the end. */
    private final Network network =
            NetworkBuilder.build(
                    new Zoo(Path.of(System.getProperty("cnn.home"), "configs", "models"))
                            .load(
                                    "resnet18",
                                    List.of(
                                            set("params.rows", "[[4, 1, 1], [8, 1, 2]]"),
                                            set("params.stem", "cifar"),
                                            set("params.classes", "5"),
                                            set("input.shape", "[3, 8, 8]"))));

    private static SetValue set(String path, String value) {
        return SetValue.of(path, value, "the test");
    }

    private Measurement run(Mode mode) {
        return new Benchmark(network, Backend.fp32(EngineKind.ND4J), 2, true).run(mode, FEW);
    }

    @Test
    void measuresAsManyStepsAsAskedWithoutWarmUp() {
        Measurement measured =
                new Benchmark(network, Backend.fp32(EngineKind.ND4J), 2, false)
                        .run(Mode.TRAIN, FEW);
        assertThat(measured.times().count()).isEqualTo(3);
        assertThat(measured.times().medianMillis()).isPositive();
        assertThat(measured.profile()).isEmpty();
    }

    @Test
    void everyNodeIsTimedUnderItsNameAndType() {
        Map<String, String> expected =
                network.nodes().stream()
                        .collect(
                                Collectors.toMap(
                                        Node::name,
                                        n -> n.operation().type(),
                                        (a, b) -> a,
                                        TreeMap::new));
        expected.put("loss", "loss");
        for (Mode mode : Mode.values()) {
            Profile profile = run(mode).profile().orElseThrow();
            assertThat(
                            profile.layers().stream()
                                    .collect(
                                            Collectors.toMap(
                                                    Profile.Layer::name, Profile.Layer::type)))
                    .isEqualTo(expected);
        }
    }

    @Test
    void onlyTrainingGoesBackward() {
        assertThat(run(Mode.INFERENCE).profile().orElseThrow().layers())
                .allMatch(layer -> layer.forwardMs() > 0 && layer.backwardMs() == 0);
        assertThat(run(Mode.TRAIN).profile().orElseThrow().layers())
                .allMatch(layer -> layer.backwardMs() > 0);
    }

    @Test
    void theSlowestLayerIsFirstAndThePartsAreTheMeanStep() {
        Measurement measured = run(Mode.TRAIN);
        Profile profile = measured.profile().orElseThrow();
        assertThat(profile.layers())
                .extracting(Profile.Layer::milliseconds)
                .isSortedAccordingTo(java.util.Comparator.reverseOrder());
        double mean =
                measured.times().nanos().stream().mapToLong(Long::longValue).average().orElseThrow()
                        / 1e6;
        assertThat(profile.stepMs()).isCloseTo(mean, within(1e-6 * mean));
        assertThat(profile.afterMs()).isPositive();
        assertThat(profile.betweenMs()).isPositive();
    }

    @ParameterizedTest
    @EnumSource(names = {"ND4J", "ONEDNN"})
    void timingALayerChangesNoResult(EngineKind engine) {
        Model plain = ModelBuilder.build(network, 1, Backend.fp32(engine));
        Model timed = ModelBuilder.build(network, 1, Backend.fp32(engine));
        LayerClock.of(timed);
        INDArray images = Nd4j.rand(2, 3, 8, 8);
        INDArray targets = Nd4j.eye(5).getRows(1, 4);
        assertThat(timed.forwardBackward(images, targets, 0).loss())
                .isEqualTo(plain.forwardBackward(images, targets, 0).loss());
        assertThat(timed.gradients()).isEqualTo(plain.gradients());
        assertThat(timed.logits(images)).isEqualTo(plain.logits(images));
    }

    @Test
    void onOneDnnTheNodesThatAreCalledAreTimed() {
        Benchmark benchmark = new Benchmark(network, Backend.fp32(EngineKind.ONEDNN), 2, true);
        assertThat(benchmark.engine()).isEqualTo("onednn");
        Profile inference = benchmark.run(Mode.INFERENCE, FEW).profile().orElseThrow();
        assertThat(inference.layers())
                .isNotEmpty()
                .allMatch(layer -> layer.forwardMs() > 0 && layer.backwardMs() == 0)
                // batch normalisation is folded into convolutions
                .noneMatch(layer -> layer.type().equals("bn"));
        Profile training = benchmark.run(Mode.TRAIN, FEW).profile().orElseThrow();
        assertThat(training.layers().stream().map(Profile.Layer::name))
                .contains("features.0.conv1.conv", "features.0.conv1.bn", "head.fc");
        assertThat(training.layers())
                .filteredOn(layer -> layer.type().equals("conv"))
                .isNotEmpty()
                .allMatch(layer -> layer.forwardMs() > 0 && layer.backwardMs() > 0);
    }
}
