package org.cnnzoo.build.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.cnnzoo.build.Largest;
import org.cnnzoo.network.NetworkBuilder;
import org.cnnzoo.network.Node;
import org.cnnzoo.spec.ArchitectureReader;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Each kernel, in FLOAT and in DOUBLE, against PyTorch: scripts/fixtures/kernels.py. */
final class PyTorchAgreementTest {

    static Stream<Arguments> cases() throws IOException {
        try (InputStream in =
                PyTorchAgreementTest.class.getResourceAsStream("/kernels/pytorch.json")) {
            JsonNode cases = new ObjectMapper().readTree(in);
            return StreamSupport.stream(cases.spliterator(), false)
                    .flatMap(
                            c ->
                                    Stream.of(DataType.FLOAT, DataType.DOUBLE)
                                            .map(
                                                    type ->
                                                            Arguments.of(
                                                                    c.get("layer").asText(),
                                                                    type,
                                                                    c)));
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("cases")
    void forwardAndBackwardAgree(String layer, DataType type, JsonNode c) {
        INDArray x = array(c.get("x"), type);
        Kernel kernel = kernel(layer, x);
        Map<String, INDArray> weights = new LinkedHashMap<>();
        Map<String, INDArray> gradients = new LinkedHashMap<>();
        for (Slot slot : kernel.slots()) {
            JsonNode values = c.get("weights").get(slot.name());
            assertThat(values).as("PyTorch's " + slot.name()).isNotNull();
            weights.put(slot.name(), array(values, type).reshape('c', slot.sizes()));
            gradients.put(slot.name(), Nd4j.create(type, slot.sizes()));
        }
        boolean training = !c.has("training") || c.get("training").asBoolean();
        Pass pass =
                new Pass(
                        weights,
                        gradients,
                        new Pass.Notes(1),
                        LayerWorkspaceMgr.noWorkspaces(),
                        type,
                        training);
        double tolerance = type == DataType.DOUBLE ? 1e-7 : 2e-5;
        INDArray before = x.dup();
        close(kernel.forward(x, pass), c.get("y"), "output", tolerance);
        assertThat(x).as("the input is left alone").isEqualTo(before);
        if (!training) {
            return; // backward is for training
        }
        close(kernel.backward(x, array(c.get("dy"), type), pass), c.get("dx"), "dx", tolerance);
        c.get("gradients")
                .fields()
                .forEachRemaining(
                        e -> close(gradients.get(e.getKey()), e.getValue(), e.getKey(), tolerance));
        if (c.has("after")) {
            c.get("after")
                    .fields()
                    .forEachRemaining(
                            e ->
                                    close(
                                            weights.get(e.getKey()).sub(gradients.get(e.getKey())),
                                            e.getValue(),
                                            e.getKey(),
                                            tolerance));
        }
    }

    private static Kernel kernel(String layer, INDArray x) {
        String text =
                """
                name: one
                input: {shape: [%d, %d, %d]}
                params: {classes: 2}
                features: [{%s}]
                head: [{classifier: $classes}]
                """
                        .formatted(
                                x.size(1),
                                x.size(2),
                                x.size(3),
                                layer.contains(":") ? layer : layer + ": ");
        Node node =
                NetworkBuilder.build(ArchitectureReader.parse("one.yaml", text, List.of()))
                        .nodes()
                        .get(0);
        return Kernels.of(node.operation(), node.inputShapes().get(0));
    }

    private static INDArray array(JsonNode node, DataType type) {
        double[] values =
                StreamSupport.stream(node.get("values").spliterator(), false)
                        .mapToDouble(JsonNode::asDouble)
                        .toArray();
        long[] shape =
                StreamSupport.stream(node.get("shape").spliterator(), false)
                        .mapToLong(JsonNode::asLong)
                        .toArray();
        return Nd4j.createFromArray(values).castTo(type).reshape('c', shape);
    }

    private static void close(INDArray ours, JsonNode expected, String what, double tolerance) {
        INDArray theirs = array(expected, ours.dataType());
        assertThat(ours.length()).as(what).isEqualTo(theirs.length());
        if (!what.equals("weight") && !what.equals("bias")) {
            assertThat(ours.shape()).as(what).isEqualTo(theirs.shape());
        }
        double scale = Math.max(1, theirs.amaxNumber().doubleValue());
        double difference = Largest.difference(ours.reshape('c', theirs.shape()), theirs);
        assertThat(difference / scale).as(what).isLessThan(tolerance);
    }
}
