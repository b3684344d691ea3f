package org.cnnzoo.build;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cnnzoo.build.kernel.DropoutMask;
import org.cnnzoo.build.kernel.Kernels;
import org.cnnzoo.network.Conv2d;
import org.cnnzoo.network.Dense;
import org.cnnzoo.network.Merge;
import org.cnnzoo.network.Network;
import org.cnnzoo.network.Node;
import org.cnnzoo.network.Weight;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/** Turns a network into a Deeplearning4j ComputationGraph whose vertices have the nodes' names. */
public final class ModelBuilder {
    /** The vertex with the main head's loss; auxiliary ones are numbered behind it. */
    static final String LOSS = "loss";

    private final Network network;
    private final long seed;
    private final DataType type;
    private final Backend backend;

    private ModelBuilder(Network network, long seed, DataType type, Backend backend) {
        this.network = network;
        this.seed = seed;
        this.type = type;
        this.backend = backend;
    }

    /**
     * A model in FLOAT with fresh weights.
     *
     * @param seed what weights and dropout masks derive from
     */
    public static Model build(Network network, long seed) {
        return build(network, seed, DataType.FLOAT);
    }

    /** The same in another data type: DOUBLE is for checking gradients. */
    public static Model build(Network network, long seed, DataType type) {
        return new ModelBuilder(network, seed, type, Backend.AUTO).build();
    }

    /**
     * A model whose parameters are FLOAT.
     *
     * @throws org.cnnzoo.errors.BadInput if that can't do its arithmetic here
     */
    public static Model build(Network network, long seed, Backend backend) {
        return new ModelBuilder(network, seed, DataType.FLOAT, backend).build();
    }

    private Model build() {
        ComputationGraph graph = new ComputationGraph(configuration());
        graph.init(Nd4j.zeros(type, parameterCount()), false);
        graph.initGradientsView();
        List<Parameter> parameters = initialize(graph);
        return new Model(network, graph, parameters, seed, backend);
    }

    private long parameterCount() {
        return network.parameters() + network.nonTrainable();
    }

    private ComputationGraphConfiguration configuration() {
        ComputationGraphConfiguration.GraphBuilder builder =
                new NeuralNetConfiguration.Builder()
                        .dataType(type)
                        .seed(seed)
                        .updater(new NoOp())
                        .activation(Activation.IDENTITY)
                        .trainingWorkspaceMode(WorkspaceMode.ENABLED)
                        .inferenceWorkspaceMode(WorkspaceMode.ENABLED)
                        .graphBuilder()
                        .validateOutputLayerConfig(false)
                        .addInputs(Network.INPUT);
        for (int i = 0; i < network.nodes().size(); i++) {
            Node node = network.nodes().get(i);
            String[] inputs = node.inputs().toArray(String[]::new);
            if (node.operation() instanceof Merge merge) {
                builder.addVertex(node.name(), vertex(merge), inputs);
            } else {
                KernelLayer layer =
                        new KernelLayer(
                                Kernels.of(node.operation(), node.inputShapes().get(0)),
                                DropoutMask.layerSeed(seed, i));
                builder.addLayer(node.name(), layer, inputs);
            }
        }
        List<String> outputs = new ArrayList<>();
        addLoss(builder, LOSS, network.output(), 1, outputs);
        for (int i = 0; i < network.heads().size(); i++) {
            Network.AuxiliaryHead head = network.heads().get(i);
            addLoss(builder, LOSS + "." + (i + 1), head.output(), head.weight(), outputs);
        }
        return builder.setOutputs(outputs.toArray(String[]::new)).build();
    }

    private static void addLoss(
            ComputationGraphConfiguration.GraphBuilder builder,
            String name,
            String logits,
            double weight,
            List<String> outputs) {
        LossLayer loss =
                new LossLayer.Builder(new CrossEntropy(weight))
                        .activation(Activation.IDENTITY)
                        .build();
        builder.addLayer(name, loss, logits);
        outputs.add(name);
    }

    private static GraphVertex vertex(Merge merge) {
        return switch (merge.join()) {
            case CONCAT -> new MergeVertex();
            case ADD -> new ElementWiseVertex(ElementWiseVertex.Op.Add);
            case MULTIPLY -> new ElementWiseVertex(ElementWiseVertex.Op.Product);
            case MAX -> new ElementWiseVertex(ElementWiseVertex.Op.Max);
        };
    }

    /** Fills the arrays and lists them in the order of the flat vector. */
    private List<Parameter> initialize(ComputationGraph graph) {
        Initialization initialization = new Initialization(seed);
        List<Parameter> parameters = new ArrayList<>();
        for (int i = 0; i < network.nodes().size(); i++) {
            Node node = network.nodes().get(i);
            if (node.weights().isEmpty()) {
                continue;
            }
            Map<String, INDArray> views = graph.getLayer(node.name()).paramTable();
            for (Weight weight : node.weights()) {
                INDArray view = views.get(weight.name());
                view.assign(
                        Nd4j.createFromArray(initialization.values(node, i, weight))
                                .reshape('c', view.shape()));
                parameters.add(
                        new Parameter(
                                node.name() + "." + weight.name(),
                                role(node, weight),
                                view.offset(),
                                view.length()));
            }
        }
        parameters.sort(java.util.Comparator.comparingLong(Parameter::offset));
        return parameters;
    }

    private static Parameter.Role role(Node node, Weight weight) {
        if (!weight.trainable()) {
            return Parameter.Role.RUNNING;
        }
        boolean layer = node.operation() instanceof Conv2d || node.operation() instanceof Dense;
        if (!layer) {
            return Parameter.Role.NORM;
        }
        return weight.name().equals("bias") ? Parameter.Role.BIAS : Parameter.Role.WEIGHT;
    }
}
