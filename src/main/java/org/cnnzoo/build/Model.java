package org.cnnzoo.build;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.cnnzoo.network.Network;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A network with its parameters: forward, backward, and the flat vectors an optimiser works on. */
public final class Model {
    private final Network network;
    private final ComputationGraph graph;
    private final List<Parameter> parameters;
    private final Map<String, Parameter> byName;

    Model(Network network, ComputationGraph graph, List<Parameter> parameters) {
        this.network = network;
        this.graph = graph;
        this.parameters = List.copyOf(parameters);
        this.byName =
                parameters.stream().collect(Collectors.toMap(Parameter::name, Function.identity()));
    }

    /** The network it was built from. */
    public Network network() {
        return network;
    }

    /**
     * The Deeplearning4j graph that holds the parameters. Its first output are the logits: the loss
     * has the softmax.
     */
    public ComputationGraph graph() {
        return graph;
    }

    /** Every array of the flat vector, in its order, without gaps. */
    public List<Parameter> parameters() {
        return parameters;
    }

    /**
     * The array of that name.
     *
     * @throws NoSuchElementException if there is none
     */
    public Parameter parameter(String name) {
        Parameter parameter = byName.get(name);
        if (parameter == null) {
            throw new NoSuchElementException("no parameter " + name);
        }
        return parameter;
    }

    /** All parameters and running statistics, shape [P]: a live view. */
    public INDArray values() {
        INDArray values = graph.params();
        return values.reshape(values.length());
    }

    /** The gradients of the last {@link #forwardBackward}, shape [P]: a live view. */
    public INDArray gradients() {
        INDArray gradients = graph.getFlattenedGradients();
        return gradients.reshape(gradients.length());
    }

    /**
     * One forward and backward pass in training mode.
     *
     * @param images [N, C, H, W]
     * @param targets [N, classes], each row a distribution (one-hot, or smoothed), or one times the
     *     weight of its image
     * @param iteration counts steps from 0 over the whole training; dropout masks derive from it
     *     and the model's seed
     */
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

    /** Logits in inference mode, shape [N, classes], for images [N, C, H, W]. */
    public INDArray logits(INDArray images) {
        return graph.output(false, images)[0];
    }
}
