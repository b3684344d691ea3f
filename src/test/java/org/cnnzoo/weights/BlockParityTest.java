package org.cnnzoo.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.cnnzoo.build.Model;
import org.cnnzoo.build.ModelBuilder;
import org.cnnzoo.network.Network;
import org.cnnzoo.network.NetworkBuilder;
import org.cnnzoo.spec.Architecture;
import org.cnnzoo.spec.SetValue;
import org.cnnzoo.spec.Zoo;
import org.cnnzoo.weights.tensors.Tensor;
import org.cnnzoo.weights.tensors.TensorFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Tiny networks of torchvision's own blocks against ours of the same sizes: weights imported by
 * name, logits, and a training step's logits, gradients and statistics. The files come from
 * scripts/fixtures/blocks.py, which computed in double precision.
 */
class BlockParityTest {
    private static final Path FOLDER = Path.of("src/test/resources/weights/blocks");
    private static final double LOGITS = 1e-5;
    private static final double GRADIENTS = 1e-3;

    record Case(String name, String model, List<String> sets) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        String vgg = "params.rows=[[4, 1], [8, 2]]";
        String resnet = "params.rows=[[4, 1, 1], [8, 2, 2]]";
        return Stream.of(
                new Case("vgg", "vgg11", List.of(vgg, "params.hidden=16", "params.dropout=0")),
                new Case(
                        "vgg_bn", "vgg11_bn", List.of(vgg, "params.hidden=16", "params.dropout=0")),
                new Case("resnet_basic", "resnet18", List.of(resnet)),
                new Case("resnet_bottleneck", "resnet50", List.of(resnet)),
                new Case(
                        "inception",
                        "googlenet_torchvision",
                        List.of(
                                "params.aux=false",
                                "params.dropout=0",
                                "features=[{conv_bn: {name: conv1, out: 8, kernel: 7, stride: 2}},"
                                    + " {max_pool: {kernel: 3, stride: 2}}, {conv_bn: {name: conv2,"
                                    + " out: 8, kernel: 1}}, {conv_bn: {name: conv3, out: 12,"
                                    + " kernel: 3}}, {stages: {name: inception, block: inception,"
                                    + " columns: [name, one, reduce3, three, reduce5, five, pool],"
                                    + " rows: [[3a, 4, 6, 8, 2, 4, 4], [3b, 8, 4, 8, 4, 6, 4]]}},"
                                    + " {max_pool: {kernel: 3, stride: 2}}, {inception: {name:"
                                    + " inception4a, one: 4, reduce3: 4, three: 6, reduce5: 2,"
                                    + " five: 4, pool: 4}}, {max_pool: {kernel: $pool4, stride:"
                                    + " 2}}]")),
                new Case(
                        "mobilenet_v2",
                        "mobilenet_v2",
                        List.of(
                                "params.width=0.25",
                                "params.dropout=0",
                                "features.1.stages.rows=[[1, 32, 1, 1], [6, 32, 2, 2], [6, 64, 1,"
                                        + " 1]]",
                                "features.2.conv_bn.out=24")),
                new Case(
                        "mobilenet_v3",
                        "mobilenet_v3_small",
                        List.of(
                                "params.rows=[[3, 16, 16, true, relu, 2], [3, 32, 24, false, relu,"
                                        + " 2], [5, 40, 24, true, hard_swish, 1]]",
                                "params.last_conv=144",
                                "params.hidden=16",
                                "params.dropout=0")));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreesWithPyTorch(Case blocks) {
        List<SetValue> sets = new ArrayList<>();
        blocks.sets().forEach(set -> sets.add(SetValue.parse(set)));
        sets.add(SetValue.parse("params.classes=5"));
        sets.add(SetValue.parse("input.shape=[3, 32, 32]"));
        Zoo zoo = new Zoo(Path.of("configs/models"));
        Architecture architecture = zoo.load(blocks.model(), sets);
        Network network = NetworkBuilder.build(architecture);
        Convention convention = Mapping.of(zoo, blocks.model()).named("torchvision");
        Model model = ModelBuilder.build(network, 1);
        try (TensorFile weights = TensorFile.open(FOLDER.resolve(blocks.name() + ".pth"));
                TensorFile step = TensorFile.open(FOLDER.resolve(blocks.name() + ".step.pth"))) {
            WeightImport.match(convention, network, weights, false).into(model, weights);
            Tensor images = step.tensor("images");
            float[] logits =
                    model.logits(Nd4j.createFromArray(images.values()).reshape(4, 3, 32, 32))
                            .dup('c')
                            .ravel()
                            .toFloatVector();
            assertThat(difference(logits, step.values("logits"), 0))
                    .as("logits in inference mode")
                    .isLessThan(LOGITS);
            List<Tensor> ours = TrainingStep.of(model, convention, images, step.tensor("labels"));
            assertThat(ours).hasSize(step.names().size() - 3);
            // Gradients that are 0 by mathematics, as of a bias before batch normalisation, are
            // noise
            double floor = 1e-3 * largest(ours, network, convention);
            for (Tensor tensor : ours) {
                boolean logit = tensor.name().equals("logits");
                assertThat(
                                difference(
                                        tensor.values(),
                                        step.values("training." + tensor.name()),
                                        logit ? 0 : floor))
                        .as("training mode, " + tensor.name())
                        .isLessThan(logit ? LOGITS : GRADIENTS);
            }
        }
    }

    private static double largest(List<Tensor> step, Network network, Convention convention) {
        return convention.names(network).stream()
                .filter(named -> named.weight().trainable())
                .flatMap(named -> step.stream().filter(t -> t.name().equals(named.theirs())))
                .mapToDouble(tensor -> largest(tensor.values()))
                .max()
                .orElseThrow();
    }

    private static double largest(float[] values) {
        double largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    /** The largest difference over the largest value of the reference, or over {@code floor}. */
    private static double difference(float[] ours, float[] theirs, double floor) {
        assertThat(ours).hasSameSizeAs(theirs);
        double difference = 0;
        for (int i = 0; i < ours.length; i++) {
            difference = Math.max(difference, Math.abs((double) ours[i] - theirs[i]));
            assertThat(ours[i]).isFinite();
        }
        return difference / Math.max(largest(theirs), floor);
    }
}
