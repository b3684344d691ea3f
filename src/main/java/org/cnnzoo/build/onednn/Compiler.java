package org.cnnzoo.build.onednn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.cnnzoo.build.onednn.Value.Dims;
import org.cnnzoo.network.BatchNorm;
import org.cnnzoo.network.Conv2d;
import org.cnnzoo.network.Network;
import org.cnnzoo.network.Node;
import org.cnnzoo.network.Shape;
import org.deeplearning4j.nn.graph.ComputationGraph;

/** Makes a program of a network for one batch size. */
final class Compiler {
    private final Network network;
    private final int batch;
    private final Program program = new Program();
    private final Emitter emitter;
    private final boolean training;
    private final List<Node> nodes;
    private final Fusion fusion;
    private final Map<String, Value> values = new HashMap<>();
    private final Map<String, Unit> units = new LinkedHashMap<>();
    private final UnitFactory factory;
    private final Absorption absorption;
    private final Gradients gradients;

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
        this.batch = batch;
        this.training = training;
        this.emitter = new Emitter(program, parameters, training, form);
        this.nodes =
                network.nodes().stream().filter(node -> training || !node.auxiliary()).toList();
        this.fusion = new Fusion(network, nodes, training);
        this.factory = new UnitFactory(emitter, network, graph, fusion, seed, iteration);
        this.absorption = new Absorption(emitter, network, fusion, values);
        this.gradients = new Gradients(emitter);
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
            program.turn();
            losses.add(loss(network.output(), 1));
            network.heads().forEach(head -> losses.add(loss(head.output(), head.weight())));
            for (int i = nodes.size() - 1; i >= 0; i--) {
                backward(nodes.get(i));
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

    private SoftmaxLoss loss(String output, double weight) {
        Value logits = logits(output);
        logits.storage().keep();
        Value gradient = Value.planned(logits.dims(), logits.desc());
        SoftmaxLoss loss = new SoftmaxLoss(logits, gradient, weight);
        emitter.java(List.of(logits, gradient), loss);
        Dims dims = values.get(output).dims();
        gradients.add(output, dims.rank() == 4 ? gradient.as(dims, Emitter.plain(dims)) : gradient);
        return loss;
    }

    private void forward(Node node) {
        emitter.at(node.name());
        Optional<String> producer = absorption.by(node).or(() -> fusion.producerOf(node));
        if (producer.isPresent()) {
            values.put(node.name(), values.get(producer.get()));
            absorption.hasRead(node);
            return;
        }
        List<Value> inputs = node.inputs().stream().map(values::get).toList();
        Unit unit =
                !training && node.operation() instanceof Conv2d conv
                        ? absorption.unit(node, conv)
                        : factory.of(node);
        absorption.hasRead(node);
        units.put(node.name(), unit);
        values.put(node.name(), unit.forward(inputs));
    }

    private void backward(Node node) {
        emitter.at(node.name());
        gradients.take(node.name()).ifPresent(dy -> backward(node, dy));
    }

    private void backward(Node node, Value dy) {
        Optional<String> producer = fusion.producerOf(node);
        if (producer.isPresent()) {
            gradients.add(producer.get(), beforeFused(node, producer.get(), dy));
            return;
        }
        boolean needed = node.inputs().stream().anyMatch(name -> !name.equals(Network.INPUT));
        units.get(node.name())
                .backward(dy, needed)
                .ifPresent(
                        parts -> {
                            for (int i = 0; i < parts.size(); i++) {
                                gradients.add(node.inputs().get(i), parts.get(i));
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
}
