package org.cnnzoo.build;

import java.util.Arrays;
import org.cnnzoo.network.Network;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The Deeplearning4j graph itself, its layers on ND4J's operations. */
final class GraphEngine implements Engine {
    private final Network network;
    private final ComputationGraph graph;

    GraphEngine(Network network, ComputationGraph graph) {
        this.network = network;
        this.graph = graph;
    }

    @Override
    public String name() {
        return "nd4j";
    }

    @Override
    public Step forwardBackward(INDArray images, INDArray targets, long iteration) {
        graph.getConfiguration().setIterationCount(Math.toIntExact(iteration));
        graph.setInput(0, images);
        INDArray[] labels = new INDArray[1 + network.heads().size()];
        Arrays.fill(labels, targets);
        graph.setLabels(labels);
        graph.computeGradientAndScore();
        Step step = new Step(graph.score(), loss().logits());
        graph.clearLayersStates();
        return step;
    }

    private CrossEntropy loss() {
        LossLayer layer = (LossLayer) graph.getLayer(ModelBuilder.LOSS).conf().getLayer();
        return (CrossEntropy) layer.getLossFn();
    }

    @Override
    public INDArray logits(INDArray images) {
        return graph.output(false, images)[0];
    }
}
