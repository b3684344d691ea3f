package org.cnnzoo.build;

import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A network with its parameters: forward, backward, and the flat vectors an optimiser works on. */
public final class Model {
    private final ComputationGraph graph;
    private final List<Parameter> parameters;

    Model(ComputationGraph graph, List<Parameter> parameters) {
        this.graph = graph;
        this.parameters = List.copyOf(parameters);
    }

    /** The Deeplearning4j graph that holds the parameters. */
    public ComputationGraph graph() {
        return graph;
    }

    /** Every array of the flat vector, in its order, without gaps. */
    public List<Parameter> parameters() {
        return parameters;
    }

    /** All parameters and running statistics, shape [P]: a live view. */
    public INDArray values() {
        return graph.params();
    }

    /** The gradients of the last {@link #forwardBackward}, shape [P]: a live view. */
    public INDArray gradients() {
        return graph.getFlattenedGradients().reshape(values().length());
    }

    /**
     * One forward and backward pass in training mode.
     *
     * @param images [N, C, H, W]
     * @param targets [N, classes], each row a distribution (one-hot, or smoothed)
     * @param iteration counts steps from 0 over the whole training; dropout masks derive from it
     *     and the model's seed
     */
    public Step forwardBackward(INDArray images, INDArray targets, long iteration) {
        graph.setInput(0, images);
        graph.setLabels(targets);
        graph.computeGradientAndScore();
        return new Step(graph.score(), graph.outputSingle(images));
    }

    /** Logits in inference mode, shape [N, classes], for images [N, C, H, W]. */
    public INDArray logits(INDArray images) {
        return graph.outputSingle(images);
    }
}
