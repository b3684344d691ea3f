package org.cnnzoo.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.cnnzoo.network.Network;
import org.cnnzoo.network.NetworkBuilder;
import org.cnnzoo.network.Node;
import org.cnnzoo.spec.Zoo;
import org.cnnzoo.train.Optimizer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DrawnGraphTest {
    private static final Zoo ZOO =
            new Zoo(Path.of(System.getProperty("cnn.home", ".")).resolve("configs/models"));

    static Stream<String> models() {
        return ZOO.names().stream();
    }

    @ParameterizedTest
    @MethodSource("models")
    void thePageOfTheModelCanReadItAndCountsTheSameParameters(String model) {
        Network network = NetworkBuilder.build(ZOO.load(model, List.of()));
        ComputationGraphConfiguration read =
                ComputationGraphConfiguration.fromJson(
                        DrawnGraph.json(network, new Optimizer.Sgd(0.9, false)));
        for (Node node : network.nodes()) {
            String name = DrawnGraph.name(node);
            assertThat(read.getVertices()).containsKey(name);
            assertThat(read.getVertexInputs().get(name)).hasSameSizeAs(node.inputs());
            if (read.getVertices().get(name) instanceof LayerVertex vertex) {
                var conf = vertex.getLayerConf();
                long parameters = conf.getLayer().initializer().numParams(conf);
                if (conf.getLayer() instanceof ConvolutionLayer
                        || conf.getLayer() instanceof DenseLayer) {
                    assertThat(parameters).as(name).isEqualTo(node.parameters());
                }
            }
        }
        assertThat(read.getVertices()).hasSize(network.nodes().size() + 1 + network.heads().size());
    }
}
