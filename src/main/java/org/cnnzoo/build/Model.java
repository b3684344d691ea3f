package org.cnnzoo.build;

import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.cnnzoo.build.onednn.OneDnnEngine;
import org.cnnzoo.network.Network;
import org.cnnzoo.network.Node;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A network with its parameters: forward, backward, and the flat vectors an optimiser works on. */
public final class Model {
    private final Network network;
    private final ComputationGraph graph;
    private final List<Parameter> parameters;
    private final Map<String, Parameter> byName;
    private final Engine engine;

    Model(
            Network network,
            ComputationGraph graph,
            List<Parameter> parameters,
            long seed,
            Backend backend) {
        this.network = network;
        this.graph = graph;
        this.parameters = List.copyOf(parameters);
        this.byName =
                parameters.stream().collect(Collectors.toMap(Parameter::name, Function.identity()));
        this.engine =
                backend.isOneDnn(network, view().dataType())
                        ? new OneDnnEngine(
                                network,
                                graph,
                                view(),
                                gradients(),
                                this.parameters,
                                seed,
                                backend.precision())
                        : new GraphEngine(network, graph);
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

    /**
     * All parameters and running statistics, shape [P]: a live view. Ask for it anew before writing
     * into it: what inference has made of the old ones is then made again.
     */
    public INDArray values() {
        engine.parametersMayChange();
        return view();
    }

    private INDArray view() {
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
        return engine.forwardBackward(images, targets, iteration);
    }

    /** Logits in inference mode, shape [N, classes], for images [N, C, H, W]. */
    public INDArray logits(INDArray images) {
        return engine.logits(images);
    }

    /** What it runs on: {@code onednn} or {@code nd4j}. */
    public String engine() {
        return engine.name();
    }

    /** Has a timer hear of every part of a pass from now on: on oneDNN alone. */
    public void setTimer(CallTimer timer) {
        engine.setTimer(timer);
    }

    /**
     * The first layer, in the network's order, whose output in training mode has a number that
     * isn't finite: computed by the graph, whatever the engine, and so slowly.
     *
     * @param images [N, C, H, W]
     */
    public Optional<String> firstNotFinite(INDArray images) {
        Map<String, INDArray> outputs = graph.feedForward(images, true);
        return network.nodes().stream()
                .map(Node::name)
                .filter(name -> outputs.containsKey(name) && hasNotFinite(outputs.get(name)))
                .findFirst();
    }

    private static boolean hasNotFinite(@Nullable INDArray array) {
        if (array == null) {
            return false;
        }
        for (float value : array.dup('c').reshape(array.length()).toFloatVector()) {
            if (!Float.isFinite(value)) {
                return true;
            }
        }
        return false;
    }
}
