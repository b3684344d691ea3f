package org.cnnzoo.onnx;

import java.util.List;
import java.util.function.UnaryOperator;
import org.cnnzoo.errors.WorkFailed;
import org.cnnzoo.network.Activate;
import org.cnnzoo.network.AdaptiveAvgPool;
import org.cnnzoo.network.BatchNorm;
import org.cnnzoo.network.ChannelShuffle;
import org.cnnzoo.network.ChannelSlice;
import org.cnnzoo.network.Conv2d;
import org.cnnzoo.network.Dense;
import org.cnnzoo.network.Dropout;
import org.cnnzoo.network.Flatten;
import org.cnnzoo.network.GlobalPool;
import org.cnnzoo.network.GroupNorm;
import org.cnnzoo.network.LayerNorm;
import org.cnnzoo.network.LayerScale;
import org.cnnzoo.network.LocalResponseNorm;
import org.cnnzoo.network.Merge;
import org.cnnzoo.network.Node;
import org.cnnzoo.network.PRelu;
import org.cnnzoo.network.Pool;
import org.cnnzoo.network.Scale;
import org.cnnzoo.network.Shape;
import org.cnnzoo.network.ShortcutPad;
import org.cnnzoo.network.Softmax;
import org.cnnzoo.network.Upsample;
import org.cnnzoo.network.ZeroPad;
import org.cnnzoo.spec.Join;

/** Each of the network's operations in ONNX's, as in inference. */
final class OnnxOperations {
    private final OnnxGraph graph;
    private final UnaryOperator<String> weights;

    /**
     * @param weights adds the array that the node calls so, as {@code bias}, to the graph
     */
    OnnxOperations(OnnxGraph graph, UnaryOperator<String> weights) {
        this.graph = graph;
        this.weights = weights;
    }

    /**
     * Adds the node.
     *
     * @param inputs names of what it reads
     * @return the name of what it gives
     * @throws WorkFailed if ONNX has no such operation
     */
    String add(Node node, List<String> inputs) {
        graph.at(node.name());
        String x = inputs.get(0);
        Shape in = node.inputShapes().get(0);
        if (node.operation() instanceof Conv2d conv) {
            return convolution(conv, x);
        } else if (node.operation() instanceof Dense dense) {
            return dense(dense, x, in);
        } else if (node.operation() instanceof BatchNorm norm) {
            return graph.step(
                            "BatchNormalization",
                            x,
                            norm.affine() ? weight("weight") : ones("weight", in, 1),
                            norm.affine() ? weight("bias") : ones("bias", in, 0),
                            weight("running_mean"),
                            weight("running_var"))
                    .with("epsilon", (float) norm.eps())
                    .done();
        } else if (node.operation() instanceof Activate activate) {
            return new OnnxActivations(graph).add(activate.activation(), x);
        } else if (node.operation() instanceof Pool pool) {
            return OnnxPools.add(graph, pool, x, in, node.output());
        } else if (node.operation() instanceof GlobalPool pool) {
            return graph.step(pool.max() ? "GlobalMaxPool" : "GlobalAveragePool", x).done();
        } else if (node.operation() instanceof AdaptiveAvgPool) {
            return OnnxPools.adaptive(graph, x, in, node);
        } else if (node.operation() instanceof LocalResponseNorm norm) {
            return lrn(norm, x, node);
        } else if (node.operation() instanceof Merge merge) {
            return merge(merge.join(), inputs);
        } else if (node.operation() instanceof Flatten) {
            return graph.step("Flatten", x).done();
        } else if (node.operation() instanceof Dropout) {
            return x; // inference drops nothing
        } else if (node.operation() instanceof Softmax) {
            return graph.step("Softmax", x).with("axis", 1).done();
        } else if (node.operation() instanceof PRelu relu) {
            return graph.step("PRelu", x, relu.shared() ? weight("weight") : spread("weight", in))
                    .done();
        } else if (node.operation() instanceof LayerScale) {
            return graph.step("Mul", x, spread("weight", in)).done();
        } else if (node.operation() instanceof Scale scale) {
            return graph.step("Mul", x, graph.constant((float) scale.factor())).done();
        } else if (node.operation() instanceof GroupNorm norm) {
            return groupNorm(norm, x, in);
        } else if (node.operation() instanceof LayerNorm norm) {
            return layerNorm(norm, x, in);
        }
        return moved(node, x, in);
    }

    /** What only moves numbers about. */
    private String moved(Node node, String x, Shape in) {
        Shape out = node.output();
        if (node.operation() instanceof ChannelShuffle shuffle) {
            long groups = shuffle.groups();
            long each = in.channels() / groups;
            String split =
                    graph.step(
                                    "Reshape",
                                    x,
                                    graph.numbers(0, groups, each, in.height(), in.width()))
                            .done();
            String swapped = graph.step("Transpose", split).with("perm", 0, 2, 1, 3, 4).done();
            return graph.step("Reshape", swapped, sizes(in)).done();
        } else if (node.operation() instanceof ChannelSlice slice) {
            return graph.step(
                            "Slice",
                            x,
                            graph.numbers(slice.from()),
                            graph.numbers(slice.to()),
                            graph.numbers(1))
                    .done();
        } else if (node.operation() instanceof ZeroPad pad) {
            var edge = pad.padding();
            return graph.step(
                            "Pad",
                            x,
                            graph.numbers(
                                    0,
                                    0,
                                    edge.top(),
                                    edge.left(),
                                    0,
                                    0,
                                    edge.bottom(),
                                    edge.right()))
                    .done();
        } else if (node.operation() instanceof ShortcutPad pad) {
            String sampled =
                    graph.step(
                                    "Slice",
                                    x,
                                    graph.numbers(0, 0),
                                    graph.numbers(in.height(), in.width()),
                                    graph.numbers(2, 3),
                                    graph.numbers(pad.stride().height(), pad.stride().width()))
                            .done();
            return graph.step(
                            "Pad",
                            sampled,
                            graph.numbers(0, 0, 0, 0, 0, out.channels() - in.channels(), 0, 0))
                    .done();
        } else if (node.operation() instanceof Upsample upsample) {
            String factors =
                    graph.fixed(
                            "scales",
                            new float[] {
                                1, 1, upsample.factor().height(), upsample.factor().width()
                            });
            return graph.step("Resize", x, "", factors).done();
        }
        throw new WorkFailed(
                "%s can't be written as ONNX: there is no such operation as %s"
                        .formatted(node.name(), node.operation().type()));
    }

    private String convolution(Conv2d conv, String x) {
        var window = conv.window();
        String[] inputs =
                conv.bias()
                        ? new String[] {x, weight("weight"), weight("bias")}
                        : new String[] {x, weight("weight")};
        var edge = window.padding();
        return graph.step("Conv", inputs)
                .with("kernel_shape", window.kernel().height(), window.kernel().width())
                .with("strides", window.stride().height(), window.stride().width())
                .with("dilations", window.dilation().height(), window.dilation().width())
                .with("pads", edge.top(), edge.left(), edge.bottom(), edge.right())
                .with("group", conv.groups())
                .done();
    }

    private String dense(Dense dense, String x, Shape in) {
        String flat = in.flat() ? x : graph.step("Flatten", x).done();
        String[] inputs =
                dense.bias()
                        ? new String[] {flat, weight("weight"), weight("bias")}
                        : new String[] {flat, weight("weight")};
        return graph.step("Gemm", inputs).with("transB", 1).done();
    }

    /** ONNX divides alpha by the window's size, and its windows of even size lean the other way. */
    private String lrn(LocalResponseNorm norm, String x, Node node) {
        if (norm.size() % 2 == 0) {
            throw new WorkFailed(
                    "%s can't be written as ONNX: its window of %d channels is even"
                            .formatted(node.name(), norm.size()));
        }
        return graph.step("LRN", x)
                .with("size", norm.size())
                .with("alpha", (float) (norm.sumFactor() * norm.size()))
                .with("beta", (float) norm.beta())
                .with("bias", (float) norm.k())
                .done();
    }

    private String merge(Join join, List<String> inputs) {
        if (join == Join.CONCAT) {
            return graph.step("Concat", inputs.toArray(String[]::new)).with("axis", 1).done();
        }
        String type = join == Join.ADD ? "Add" : join == Join.MAX ? "Max" : "Mul";
        String all = inputs.get(0);
        for (String other : inputs.subList(1, inputs.size())) {
            all = graph.step(type, all, other).done();
        }
        return all;
    }

    /** Standardised as so many "channels" of one instance; opset 17 has no group normalisation. */
    private String groupNorm(GroupNorm norm, String x, Shape in) {
        String grouped = graph.step("Reshape", x, graph.numbers(0, norm.groups(), -1)).done();
        Shape groups = Shape.vector(norm.groups());
        String standard =
                graph.step(
                                "InstanceNormalization",
                                grouped,
                                ones("one", groups, 1),
                                ones("zero", groups, 0))
                        .with("epsilon", (float) norm.eps())
                        .done();
        String back = graph.step("Reshape", standard, sizes(in)).done();
        String scaled = graph.step("Mul", back, spread("weight", in)).done();
        return graph.step("Add", scaled, spread("bias", in)).done();
    }

    private String layerNorm(LayerNorm norm, String x, Shape in) {
        String last = in.flat() ? x : graph.step("Transpose", x).with("perm", 0, 2, 3, 1).done();
        String y =
                graph.step("LayerNormalization", last, weight("weight"), weight("bias"))
                        .with("axis", -1)
                        .with("epsilon", (float) norm.eps())
                        .done();
        return in.flat() ? y : graph.step("Transpose", y).with("perm", 0, 3, 1, 2).done();
    }

    private String weight(String name) {
        return weights.apply(name);
    }

    /** A weight of one number a channel, as [C, 1, 1] beside maps. */
    private String spread(String name, Shape in) {
        String weight = weight(name);
        return in.flat()
                ? weight
                : graph.step("Reshape", weight, graph.numbers(in.channels(), 1, 1)).done();
    }

    private String sizes(Shape shape) {
        return shape.flat()
                ? graph.numbers(0, shape.channels())
                : graph.numbers(0, shape.channels(), shape.height(), shape.width());
    }

    /** A number for each channel that no checkpoint has. */
    private String ones(String name, Shape shape, double value) {
        float[] values = new float[shape.channels()];
        java.util.Arrays.fill(values, (float) value);
        return graph.fixed(name, values);
    }
}
