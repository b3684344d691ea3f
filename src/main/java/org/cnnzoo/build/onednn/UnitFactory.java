package org.cnnzoo.build.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_pooling_avg_exclude_padding;
import static org.bytedeco.dnnl.global.dnnl.dnnl_pooling_avg_include_padding;
import static org.bytedeco.dnnl.global.dnnl.dnnl_pooling_max;

import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.cnnzoo.build.kernel.DropoutMask;
import org.cnnzoo.build.onednn.Emitter.PostOp;
import org.cnnzoo.network.Activate;
import org.cnnzoo.network.BatchNorm;
import org.cnnzoo.network.Conv2d;
import org.cnnzoo.network.Dense;
import org.cnnzoo.network.Dropout;
import org.cnnzoo.network.Flatten;
import org.cnnzoo.network.GlobalPool;
import org.cnnzoo.network.LocalResponseNorm;
import org.cnnzoo.network.Merge;
import org.cnnzoo.network.Network;
import org.cnnzoo.network.Node;
import org.cnnzoo.network.Pool;
import org.cnnzoo.network.Shape;
import org.cnnzoo.network.ShortcutPad;
import org.cnnzoo.spec.Join;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** Makes the unit of each node: what does its operation on oneDNN, or the graph's own layer. */
final class UnitFactory {
    private final Emitter emitter;
    private final Network network;
    private final ComputationGraph graph;
    private final Fusion fusion;
    private final long seed;
    private final LongSupplier iteration;

    /**
     * @param graph whose layers do what oneDNN hasn't
     * @param seed the model's
     * @param iteration the step that dropout's masks derive from
     */
    UnitFactory(
            Emitter emitter,
            Network network,
            ComputationGraph graph,
            Fusion fusion,
            long seed,
            LongSupplier iteration) {
        this.emitter = emitter;
        this.network = network;
        this.graph = graph;
        this.fusion = fusion;
        this.seed = seed;
        this.iteration = iteration;
    }

    /** The unit of a node, which does the activation fused with it too. */
    Unit of(Node node) {
        List<PostOp> after =
                fusion.activationOf(node).map(e -> List.of(e.postOp())).orElse(List.of());
        Shape in = node.inputShapes().get(0);
        if (node.operation() instanceof Conv2d conv) {
            return new ConvolutionUnit(emitter, node, conv, after);
        } else if (node.operation() instanceof Dense dense) {
            return new DenseUnit(emitter, node, dense, after, fusion.isOutput(node.name()));
        } else if (node.operation() instanceof BatchNorm norm) {
            return new BatchNormUnit(emitter, node, norm, !after.isEmpty());
        } else if (node.operation() instanceof Activate activate) {
            Optional<Eltwise> function = Eltwise.of(activate.activation());
            if (function.isPresent()) {
                return new EltwiseUnit(emitter, function.get(), fusion.mayOverwrite(node));
            }
        } else if (node.operation() instanceof Pool pool) {
            Geometry geometry = Geometry.of(pool.window(), in, node.output());
            boolean partial = geometry.reachesBeyond(pool.window());
            boolean padded = pool.includePadding() && !pool.window().padding().none();
            if (pool.max() || !padded || !partial) {
                int algorithm =
                        pool.max()
                                ? dnnl_pooling_max
                                : padded
                                        ? dnnl_pooling_avg_include_padding
                                        : dnnl_pooling_avg_exclude_padding;
                return new PoolUnit(emitter, node.output(), algorithm, geometry);
            }
        } else if (node.operation() instanceof GlobalPool pool) {
            Geometry.Ints whole = new Geometry.Ints(in.height(), in.width());
            Geometry.Ints none = new Geometry.Ints(0, 0);
            return new PoolUnit(
                    emitter,
                    node.output(),
                    pool.max() ? dnnl_pooling_max : dnnl_pooling_avg_exclude_padding,
                    new Geometry(whole, new Geometry.Ints(1, 1), none, none, none));
        } else if (node.operation() instanceof ShortcutPad pad) {
            return new ShortcutPadUnit(emitter, pad, in, node.output());
        } else if (node.operation() instanceof LocalResponseNorm norm && norm.size() % 2 == 1) {
            return new LrnUnit(emitter, norm);
        } else if (node.operation() instanceof Dropout dropout) {
            long own = DropoutMask.layerSeed(seed, network.nodes().indexOf(node));
            return new DropoutUnit(emitter, dropout, own, iteration);
        } else if (node.operation() instanceof Flatten) {
            return new FlattenUnit(emitter);
        } else if (node.operation() instanceof Merge merge) {
            return merge(merge, node, after);
        }
        return new LayerUnit(emitter, node, graph.getLayer(node.name()));
    }

    private Unit merge(Merge merge, Node node, List<PostOp> after) {
        if (merge.join() == Join.CONCAT) {
            return new ConcatUnit(emitter);
        }
        if (node.inputs().size() == 2 && merge.join() == Join.ADD) {
            return new BinaryUnit(emitter, false, after);
        }
        if (node.inputs().size() == 2 && merge.join() == Join.MULTIPLY) {
            return new BinaryUnit(emitter, true, after);
        }
        throw new UnsupportedOperationException(
                "no " + merge.join().word() + " of " + node.inputs().size() + " arrays");
    }
}
