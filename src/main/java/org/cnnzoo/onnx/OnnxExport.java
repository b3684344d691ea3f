package org.cnnzoo.onnx;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import onnx.Onnx;
import org.cnnzoo.build.Model;
import org.cnnzoo.build.Parameter;
import org.cnnzoo.network.Network;
import org.cnnzoo.network.Node;
import org.cnnzoo.network.Weight;
import org.cnnzoo.run.AtomicFile;

/**
 * Writes a network and its weights as an ONNX file (IR 8, opset 17): input {@code input}, {@code
 * [N, C, H, W]} normalised floats; output {@code logits}, {@code [N, classes]}, before softmax.
 */
public final class OnnxExport {
    /** Of 2021; what later ones have more isn't needed. */
    private static final long OPSET = 17;

    private static final long IR_VERSION = 8;
    private static final String OUTPUT = "logits";

    private final Model model;
    private final OnnxGraph graph;
    private final Set<String> written = new HashSet<>();

    private OnnxExport(Model model) {
        this.model = model;
        this.graph = new OnnxGraph(model.network().name());
    }

    /**
     * Writes the file, whole or not at all.
     *
     * @param facts what the file says of the model: metadata by its keys
     * @throws org.cnnzoo.errors.WorkFailed if an operation can't be said in ONNX, or the file can't
     *     be written
     */
    public static void write(Path file, Model model, Map<String, String> facts) {
        Onnx.ModelProto.Builder built =
                Onnx.ModelProto.newBuilder()
                        .setIrVersion(IR_VERSION)
                        .setProducerName("cnn")
                        .addOpsetImport(Onnx.OperatorSetIdProto.newBuilder().setVersion(OPSET))
                        .setGraph(new OnnxExport(model).graph());
        facts.forEach(
                (key, value) ->
                        built.addMetadataProps(
                                Onnx.StringStringEntryProto.newBuilder()
                                        .setKey(key)
                                        .setValue(value)));
        Onnx.ModelProto message = built.build();
        AtomicFile.write(file, message::writeTo);
    }

    private Onnx.GraphProto graph() {
        Network network = model.network();
        Map<String, String> results = new HashMap<>(Map.of(Network.INPUT, Network.INPUT));
        for (Node node : network.nodes()) {
            if (!node.auxiliary()) {
                OnnxOperations operations = new OnnxOperations(graph, name -> weight(node, name));
                List<String> inputs = node.inputs().stream().map(results::get).toList();
                results.put(node.name(), operations.add(node, inputs));
            }
        }
        graph.at(OUTPUT);
        graph.step("Flatten", results.get(network.output())).done();
        return graph.between(
                OnnxGraph.value(
                        Network.INPUT,
                        network.input().channels(),
                        network.input().height(),
                        network.input().width()),
                OnnxGraph.value(OUTPUT, network.classes()));
    }

    private String weight(Node node, String name) {
        String full = node.name() + "." + name;
        if (written.add(full)) {
            Weight weight =
                    node.weights().stream()
                            .filter(w -> w.name().equals(name))
                            .findFirst()
                            .orElseThrow();
            Parameter place = model.parameter(full);
            float[] values = place.in(model.values()).dup().toFloatVector();
            graph.array(full, weight.shape(), values);
        }
        return full;
    }
}
