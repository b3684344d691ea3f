package org.cnnzoo.ui;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cnnzoo.network.Activate;
import org.cnnzoo.network.BatchNorm;
import org.cnnzoo.network.ChannelSlice;
import org.cnnzoo.network.Conv2d;
import org.cnnzoo.network.Dense;
import org.cnnzoo.network.Dropout;
import org.cnnzoo.network.GlobalPool;
import org.cnnzoo.network.LocalResponseNorm;
import org.cnnzoo.network.Merge;
import org.cnnzoo.network.Network;
import org.cnnzoo.network.Node;
import org.cnnzoo.network.Operation;
import org.cnnzoo.network.Pool;
import org.cnnzoo.network.Scale;
import org.cnnzoo.network.Softmax;
import org.cnnzoo.network.Window;
import org.cnnzoo.spec.Init;
import org.cnnzoo.spec.Join;
import org.cnnzoo.spec.Size;
import org.cnnzoo.train.Optimizer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.distribution.ConstantDistribution;
import org.deeplearning4j.nn.conf.distribution.Distribution;
import org.deeplearning4j.nn.conf.distribution.NormalDistribution;
import org.deeplearning4j.nn.conf.distribution.UniformDistribution;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * A network for the page of the model: the same graph in Deeplearning4j's stock layers, never built
 * or trained. That page reads a configuration back from its JSON, where a {@code KernelLayer} comes
 * without its kernel, and asks each layer for its sizes and parameters.
 */
final class DrawnGraph {
    private DrawnGraph() {}

    /**
     * A node's name on the pages, which ends with what it does: the page takes histograms of {@code
     * features.10} for some of {@code features.1}, whose name they begin with.
     */
    static String name(Node node) {
        return node.name() + " " + node.operation().type();
    }

    /** The graph's configuration. */
    static String json(Network network, Optimizer optimizer) {
        Map<String, String> names =
                Stream.concat(
                                Stream.of(Map.entry(Network.INPUT, Network.INPUT)),
                                network.nodes().stream()
                                        .map(node -> Map.entry(node.name(), name(node))))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        ComputationGraphConfiguration.GraphBuilder builder =
                new NeuralNetConfiguration.Builder()
                        .activation(Activation.IDENTITY)
                        .graphBuilder()
                        .validateOutputLayerConfig(false)
                        .addInputs(Network.INPUT);
        for (Node node : network.nodes()) {
            String[] inputs = node.inputs().stream().map(names::get).toArray(String[]::new);
            Layer layer = layer(node);
            if (layer == null) {
                builder.addVertex(name(node), vertex(node), inputs);
            } else {
                builder.addLayer(name(node), layer, inputs);
            }
        }
        List<String> logits =
                Stream.concat(
                                Stream.of(network.output()),
                                network.heads().stream().map(Network.AuxiliaryHead::output))
                        .map(names::get)
                        .toList();
        for (String output : logits) {
            builder.addLayer("loss of " + output, new LossLayer.Builder().build(), output);
        }
        ComputationGraphConfiguration configuration =
                builder.setOutputs(logits.stream().map("loss of "::concat).toArray(String[]::new))
                        .build();
        IUpdater updater = updater(optimizer);
        for (GraphVertex vertex : configuration.getVertices().values()) {
            if (vertex instanceof LayerVertex of
                    && of.getLayerConf().getLayer() instanceof BaseLayer layer) {
                layer.setIUpdater(updater); // after build(), which would fill in SGD for none
            }
        }
        return configuration.toJson();
    }

    /** A stock layer for it, if there is one that says what it does. */
    private static @Nullable Layer layer(Node node) {
        Operation operation = node.operation();
        if (operation instanceof Conv2d conv) {
            return convolution(conv, node);
        } else if (operation instanceof Dense dense) {
            long in = node.inputShapes().get(0).elements();
            return new DenseLayer.Builder()
                    .nIn(in)
                    .nOut(dense.out())
                    .hasBias(dense.bias())
                    .weightInit(distribution(dense.init(), in, dense.out()))
                    .build();
        } else if (operation instanceof BatchNorm norm) {
            int channels = node.output().channels();
            return new BatchNormalization.Builder()
                    .nIn(channels)
                    .nOut(channels)
                    .eps(norm.eps())
                    .weightInit(new ConstantDistribution(norm.gamma()))
                    .build();
        } else if (operation instanceof Pool pool) {
            Window window = pool.window();
            return new SubsamplingLayer.Builder(pooling(pool.max()))
                    .kernelSize(sides(window.kernel()))
                    .stride(sides(window.stride()))
                    .padding(window.padding().top(), window.padding().left())
                    .build();
        } else if (operation instanceof GlobalPool pool) {
            return new GlobalPoolingLayer(pooling(pool.max()));
        } else if (operation instanceof LocalResponseNorm) {
            return new LocalResponseNormalization.Builder().build();
        } else if (operation instanceof Dropout) {
            return new DropoutLayer.Builder().build();
        } else if (operation instanceof Activate || operation instanceof Softmax) {
            return new ActivationLayer.Builder().build(); // which one, its name says
        }
        return null;
    }

    /** With groups, {@code nIn} counts what one of them sees: so its parameters are the same. */
    private static ConvolutionLayer convolution(Conv2d conv, Node node) {
        Window window = conv.window();
        long in = node.inputShapes().get(0).channels() / conv.groups();
        long taps = (long) window.kernel().height() * window.kernel().width();
        return new ConvolutionLayer.Builder(sides(window.kernel()))
                .stride(sides(window.stride()))
                .padding(window.padding().top(), window.padding().left())
                .dilation(sides(window.dilation()))
                .nIn(in)
                .nOut(conv.out())
                .hasBias(conv.bias())
                .weightInit(distribution(conv.init(), in * taps, conv.out() / conv.groups() * taps))
                .build();
    }

    private static int[] sides(Size size) {
        return new int[] {size.height(), size.width()};
    }

    private static PoolingType pooling(boolean max) {
        return max ? PoolingType.MAX : PoolingType.AVG;
    }

    private static Distribution distribution(Init init, long in, long out) {
        double fanIn = (double) in;
        double fanOut = (double) out;
        return switch (init.kind()) {
            case HE_FAN_IN -> new NormalDistribution(0, Math.sqrt(2 / fanIn));
            case HE_FAN_OUT -> new NormalDistribution(0, Math.sqrt(2 / fanOut));
            case XAVIER -> uniform(Math.sqrt(6 / (fanIn + fanOut)));
            case LECUN -> uniform(Math.sqrt(3 / fanIn));
            case TORCH -> uniform(1 / Math.sqrt(fanIn));
            case NORMAL -> new NormalDistribution(0, init.value());
            case UNIFORM -> uniform(init.value());
            case CONSTANT -> new ConstantDistribution(init.value());
        };
    }

    private static Distribution uniform(double bound) {
        return new UniformDistribution(-bound, bound);
    }

    private static GraphVertex vertex(Node node) {
        Operation operation = node.operation();
        if (operation instanceof Merge merge) {
            return merge.join() == Join.CONCAT
                    ? new MergeVertex()
                    : new ElementWiseVertex(elementWise(merge.join()));
        } else if (operation instanceof Scale scale) {
            return new ScaleVertex(scale.factor());
        } else if (operation instanceof ChannelSlice slice) {
            return new SubsetVertex(slice.from(), slice.to() - 1);
        }
        return new OtherOperation();
    }

    private static ElementWiseVertex.Op elementWise(Join join) {
        return switch (join) {
            case ADD -> ElementWiseVertex.Op.Add;
            case MULTIPLY -> ElementWiseVertex.Op.Product;
            case MAX -> ElementWiseVertex.Op.Max;
            case CONCAT -> throw new IllegalArgumentException("concat isn't elementwise");
        };
    }

    /** Deeplearning4j's updater of the same rule, which has no classical momentum. */
    private static @Nullable IUpdater updater(Optimizer optimizer) {
        if (optimizer instanceof Optimizer.Sgd sgd) {
            if (sgd.momentum() == 0) {
                return new Sgd();
            }
            return sgd.nesterov() ? new Nesterovs(sgd.momentum()) : null;
        }
        return optimizer instanceof Optimizer.RmsProp ? new RmsProp() : new Adam();
    }
}
