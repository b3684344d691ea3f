package org.cnnzoo.build.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_MULTIPLE_SRC;
import static org.bytedeco.dnnl.global.dnnl.dnnl_pooling_avg_exclude_padding;
import static org.bytedeco.dnnl.global.dnnl.dnnl_pooling_avg_include_padding;
import static org.bytedeco.dnnl.global.dnnl.dnnl_pooling_max;
import static org.bytedeco.dnnl.global.dnnl.dnnl_sum_primitive_desc_create;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.javacpp.PointerPointer;
import org.cnnzoo.build.kernel.DropoutMask;
import org.cnnzoo.build.onednn.Emitter.PostOp;
import org.cnnzoo.build.onednn.Value.Dims;
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
import org.jspecify.annotations.Nullable;

/** Makes a program of a network for one batch size. */
final class Compiler {
    private final Network network;
    private final ComputationGraph graph;
    private final long seed;
    private final LongSupplier iteration;
    private final int batch;
    private final Program program = new Program();
    private final Emitter emitter;
    private final boolean training;
    private final List<Node> nodes;
    private final Fusion fusion;
    private final Map<String, Value> values = new HashMap<>();
    private final Map<String, Unit> units = new LinkedHashMap<>();
    private final Map<String, String> absorbed = new HashMap<>();
    private final Map<String, Integer> reads = new HashMap<>();

    /**
     * @param seed the model's
     * @param iteration the step that dropout's masks derive from
     * @param form of arrays between layers
     */
    Compiler(
            Network network,
            ComputationGraph graph,
            Parameters parameters,
            long seed,
            LongSupplier iteration,
            int batch,
            boolean training,
            Form form) {
        this.network = network;
        this.graph = graph;
        this.seed = seed;
        this.iteration = iteration;
        this.batch = batch;
        this.training = training;
        this.emitter = new Emitter(program, parameters, training, form);
        this.nodes =
                network.nodes().stream().filter(node -> training || !node.auxiliary()).toList();
        this.fusion = new Fusion(network, nodes, training);
    }

    /**
     * A program ready to run.
     *
     * @param images where a batch is put, [N, C, H, W] without blocks
     * @param losses the main head's, then the auxiliary ones'; empty in inference
     * @param logits the main head's, [N, classes]
     * @param inGraph the nodes that the graph's own layers do: slower, with new arrays each time
     */
    record Compiled(
            Program program,
            Value images,
            List<SoftmaxLoss> losses,
            Value logits,
            List<String> inGraph) {}

    Compiled compile() {
        Shape in = network.input();
        Dims dims = Dims.of(batch, in.channels(), in.height(), in.width());
        Value images = Value.planned(dims, Emitter.plain(dims));
        images.storage().keep();
        emitter.at(Network.INPUT);
        values.put(Network.INPUT, emitter.laidOut(images));
        nodes.forEach(this::forward);
        Value logits = logits(network.output());
        List<SoftmaxLoss> losses = new ArrayList<>();
        if (training) {
            Map<String, List<Value>> gradients = new HashMap<>();
            program.turn();
            losses.add(loss(network.output(), 1, gradients));
            network.heads()
                    .forEach(head -> losses.add(loss(head.output(), head.weight(), gradients)));
            for (int i = nodes.size() - 1; i >= 0; i--) {
                backward(nodes.get(i), gradients);
            }
        }
        logits.storage().keep();
        program.plan();
        return new Compiled(program, images, losses, logits, inGraph());
    }

    private List<String> inGraph() {
        return units.entrySet().stream()
                .filter(unit -> unit.getValue() instanceof LayerUnit)
                .map(Map.Entry::getKey)
                .toList();
    }

    private Value logits(String output) {
        emitter.at(output);
        Value plain = emitter.plain(values.get(output));
        Dims rows = Dims.of(batch, plain.dims().count() / batch);
        return plain.dims().equals(rows) ? plain : plain.as(rows, Emitter.plain(rows));
    }

    private SoftmaxLoss loss(String output, double weight, Map<String, List<Value>> gradients) {
        Value logits = logits(output);
        logits.storage().keep();
        Value gradient = Value.planned(logits.dims(), logits.desc());
        SoftmaxLoss loss = new SoftmaxLoss(logits, gradient, weight);
        emitter.java(List.of(logits, gradient), loss);
        Dims dims = values.get(output).dims();
        contribute(
                gradients,
                output,
                dims.rank() == 4 ? gradient.as(dims, Emitter.plain(dims)) : gradient);
        return loss;
    }

    private void forward(Node node) {
        emitter.at(node.name());
        String producer = absorbed.getOrDefault(node.name(), fusion.producerOf(node).orElse(null));
        if (producer != null) {
            values.put(node.name(), values.get(producer));
            node.inputs().forEach(name -> reads.merge(name, 1, Integer::sum));
            return;
        }
        List<Value> inputs = node.inputs().stream().map(values::get).toList();
        Unit unit =
                !training && node.operation() instanceof Conv2d conv
                        ? absorbing(node, conv)
                        : unit(node);
        node.inputs().forEach(name -> reads.merge(name, 1, Integer::sum));
        units.put(node.name(), unit);
        values.put(node.name(), unit.forward(inputs));
    }

    private Unit unit(Node node) {
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

    /** In inference a convolution takes over what follows, as far as that goes. */
    private Unit absorbing(Node node, Conv2d conv) {
        Node last = node;
        Node norm = null;
        Value onto = null;
        List<PostOp> after = new ArrayList<>();
        Optional<Node> next = fusion.onlyReader(last);
        if (next.isPresent() && next.get().operation() instanceof BatchNorm) {
            norm = next.get();
            last = absorb(norm, node);
            next = fusion.onlyReader(last);
        }
        if (next.isPresent() && isSum(next.get())) {
            onto = overwritable(next.get(), last);
            if (onto != null) {
                after.add(PostOp.SUM);
                last = absorb(next.get(), node);
                next = fusion.onlyReader(last);
            }
        }
        if (next.isPresent() && next.get().operation() instanceof Activate activate) {
            Optional<Eltwise> function = Eltwise.of(activate.activation());
            if (function.isPresent()) {
                after.add(function.get().postOp());
                absorb(next.get(), node);
            }
        }
        return new ConvolutionUnit(emitter, node, conv, after, norm, onto);
    }

    private Node absorb(Node other, Node by) {
        absorbed.put(other.name(), by.name());
        return other;
    }

    private static boolean isSum(Node node) {
        return node.operation() instanceof Merge merge
                && merge.join() == Join.ADD
                && node.inputs().size() == 2;
    }

    /** The sum's other array, if it is there already and nobody reads it after the sum. */
    private @Nullable Value overwritable(Node sum, Node own) {
        int other = sum.inputs().get(0).equals(own.name()) ? 1 : 0;
        String name = sum.inputs().get(other);
        Value value = values.get(name);
        boolean last =
                reads.getOrDefault(name, 0) == fusion.readers(name) - 1
                        && !fusion.isOutput(name)
                        && !name.equals(Network.INPUT)
                        && !fusion.mayBeShared(name)
                        && fresh(name);
        return value != null && last && !name.equals(own.name()) ? value : null;
    }

    /** Whether an array's memory is its own alone: not a view of one that others may read. */
    private boolean fresh(String name) {
        if (absorbed.containsKey(name)) {
            return true; // a convolution's output, and the only one under this name
        }
        Node node = network.node(name);
        return !(node.operation() instanceof Dropout || node.operation() instanceof Flatten);
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

    private void backward(Node node, Map<String, List<Value>> gradients) {
        List<Value> contributions = gradients.remove(node.name());
        if (contributions == null) {
            return;
        }
        emitter.at(node.name());
        Value dy = sum(contributions);
        Optional<String> producer = fusion.producerOf(node);
        if (producer.isPresent()) {
            contribute(gradients, producer.get(), beforeFused(node, producer.get(), dy));
            return;
        }
        boolean needed = node.inputs().stream().anyMatch(name -> !name.equals(Network.INPUT));
        units.get(node.name())
                .backward(dy, needed)
                .ifPresent(
                        parts -> {
                            for (int i = 0; i < parts.size(); i++) {
                                contribute(gradients, node.inputs().get(i), parts.get(i));
                            }
                        });
    }

    /** Batch normalisation goes back through its ReLU itself; the others don't. */
    private Value beforeFused(Node activation, String producer, Value dy) {
        if (network.node(producer).operation() instanceof BatchNorm) {
            return dy;
        }
        Eltwise function = fusion.activationOf(network.node(producer)).orElseThrow();
        return EltwiseUnit.backwardFused(emitter, function, values.get(activation.name()), dy);
    }

    private static void contribute(Map<String, List<Value>> gradients, String node, Value value) {
        if (!node.equals(Network.INPUT)) {
            gradients.computeIfAbsent(node, name -> new ArrayList<>()).add(value);
        }
    }

    private Value sum(List<Value> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        List<Value> laidOut = parts.stream().map(emitter::laidOut).toList();
        Value sum = emitter.activation(parts.get(0).dims());
        float[] ones = new float[parts.size()];
        java.util.Arrays.fill(ones, 1);
        PointerPointer<dnnl_primitive_desc> made = new PointerPointer<>(1);
        OneDnn.check(
                dnnl_sum_primitive_desc_create(
                        made,
                        OneDnn.ENGINE,
                        sum.desc(),
                        ones.length,
                        ones,
                        new PointerPointer<>(
                                laidOut.stream().map(Value::desc).toArray(dnnl_memory_desc[]::new)),
                        Emitter.attributes(List.of())),
                "a sum of gradients for " + emitter.node());
        dnnl_primitive_desc desc = made.get(dnnl_primitive_desc.class, 0);
        PrimitiveCall call = emitter.primitive(desc).with(DNNL_ARG_DST, sum);
        for (int i = 0; i < ones.length; i++) {
            call.with(DNNL_ARG_MULTIPLE_SRC + i, laidOut.get(i));
        }
        return sum;
    }
}
