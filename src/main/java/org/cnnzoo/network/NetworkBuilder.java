package org.cnnzoo.network;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.cnnzoo.errors.Nearest;
import org.cnnzoo.spec.Activation;
import org.cnnzoo.spec.Architecture;
import org.cnnzoo.spec.ChannelCount;
import org.cnnzoo.spec.Layer;
import org.cnnzoo.spec.SpecException;
import org.cnnzoo.spec.Where;

/** Walks an architecture's layers and lets shapes flow through them. */
public final class NetworkBuilder {
    private final Architecture architecture;
    private final List<Node> nodes = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private final Deque<Map<String, Flow>> taps = new ArrayDeque<>();
    private final Deque<Where> calls = new ArrayDeque<>();
    private final List<Network.AuxiliaryHead> heads = new ArrayList<>();
    private final ResidualBuilder residuals;
    private boolean auxiliary;

    private NetworkBuilder(Architecture architecture) {
        this.architecture = architecture;
        this.residuals =
                new ResidualBuilder(
                        this,
                        ResidualBuilder.linearDropPaths(architecture.features())
                                + ResidualBuilder.linearDropPaths(architecture.head()));
        taps.push(new HashMap<>());
    }

    /** A place on the way through the network: the node that was last and its shape. */
    record Flow(String node, Shape shape) {}

    /** What relative channel counts mean: the shapes that arrived at the block and at the word. */
    record Frames(Shape block, Shape word, boolean inBlock) {}

    /**
     * The network of an architecture.
     *
     * @throws SpecException with file, line, column and the shape that arrived, where shapes don't
     *     fit or a fact of {@code expect} doesn't hold
     */
    public static Network build(Architecture architecture) {
        return new NetworkBuilder(architecture).build();
    }

    private Network build() {
        Architecture.Input in = architecture.input();
        if (Math.min(in.height(), in.width()) < in.minimum()) {
            throw new SpecException(
                    in.where(),
                    architecture.name()
                            + " needs images of at least "
                            + in.minimum()
                            + " px; the input is "
                            + in.height()
                            + "x"
                            + in.width());
        }
        Shape input = Shape.maps(in.channels(), in.height(), in.width());
        Flow start = new Flow(Network.INPUT, input);
        Flow features = walk(architecture.features(), start, "features", frames(input));
        Flow logits = walk(architecture.head(), features, "head", frames(features.shape()));
        logits = flat(logits, "head.flatten", in.where());
        if (logits.shape().channels() != architecture.classes()) {
            throw new SpecException(
                    endOfHead(),
                    "the head ends in "
                            + logits.shape().channels()
                            + " values, params.classes is "
                            + architecture.classes()
                            + "\n  end it with {classifier: $classes}");
        }
        Network network =
                new Network(
                        architecture.name(),
                        input,
                        architecture.classes(),
                        features.shape(),
                        nodes,
                        logits.node(),
                        heads);
        architecture.expect().ifPresent(expect -> check(network, expect));
        return network;
    }

    private Where endOfHead() {
        List<Layer> head = architecture.head();
        return head.isEmpty()
                ? new Where(architecture.file(), 1, 1)
                : head.get(head.size() - 1).where();
    }

    private static Frames frames(Shape shape) {
        return new Frames(shape, shape, false);
    }

    private static void check(Network network, Architecture.Expect expect) {
        expect.trainable()
                .filter(count -> count != network.parameters())
                .ifPresent(
                        count ->
                                differs(
                                        expect.where(),
                                        "trainable parameters",
                                        count,
                                        network.parameters()));
        expect.macs()
                .filter(count -> count != network.macs())
                .ifPresent(
                        count -> differs(expect.where(), "multiply-adds", count, network.macs()));
        expect.features()
                .filter(shape -> !shape.equals(network.features().sizes()))
                .ifPresent(
                        shape ->
                                differs(
                                        expect.where(),
                                        "features",
                                        shape,
                                        network.features().sizes()));
    }

    private static void differs(Where where, String what, Object expected, Object counted) {
        throw new SpecException(
                where,
                "the file expects " + expected + " " + what + ", its layers make " + counted);
    }

    Flow walk(List<Layer> layers, Flow in, String path, Frames frames) {
        Flow flow = in;
        for (Layer layer : layers) {
            flow = layer(layer, flow, join(path, layer.segment()), frames);
        }
        return flow;
    }

    private static String join(String path, String segment) {
        return segment.isEmpty() ? path : path + "." + segment;
    }

    private Flow layer(Layer layer, Flow in, String path, Frames frames) {
        if (layer instanceof Layer.Single single) {
            return single(single, in, path, frames);
        }
        if (layer instanceof Layer.Group group) {
            boolean ownTaps =
                    group.frame() == Layer.Frame.BLOCK || group.frame() == Layer.Frame.COPY;
            boolean call = group.frame() == Layer.Frame.BLOCK;
            if (ownTaps) {
                taps.push(new HashMap<>());
            }
            if (call) {
                calls.push(group.where());
            }
            Flow out = walk(group.layers(), in, path, inside(group, in, frames));
            if (call) {
                calls.pop();
            }
            if (ownTaps) {
                taps.pop();
            }
            return out;
        }
        if (layer instanceof Layer.Residual residual) {
            return residuals.build(residual, in, path, frames);
        }
        if (layer instanceof Layer.Branches branches) {
            return branches(branches, in, path, frames);
        }
        if (layer instanceof Layer.Auxiliary aux) {
            return auxiliary(aux, in, path, frames);
        }
        if (layer instanceof Layer.Tap tap) {
            if (taps.element().put(tap.tap(), in) != null) {
                throw new SpecException(tap.where(), "there are two taps '" + tap.tap() + "'");
            }
            return in;
        }
        return from((Layer.From) layer);
    }

    private Flow from(Layer.From from) {
        Set<String> known = new TreeSet<>();
        for (Map<String, Flow> scope : taps) {
            Flow flow = scope.get(from.tap());
            if (flow != null) {
                return flow;
            }
            known.addAll(scope.keySet());
        }
        throw new SpecException(
                from.where(),
                "no tap '"
                        + from.tap()
                        + "' before here"
                        + Nearest.hint(from.tap(), known)
                        + "\n  taps so far: "
                        + (known.isEmpty() ? "none" : String.join(", ", known)));
    }

    private static Frames inside(Layer.Group group, Flow in, Frames frames) {
        return switch (group.frame()) {
            case OUTER, COPY -> frames;
            case BLOCK -> new Frames(in.shape(), in.shape(), true);
            case WORD -> new Frames(frames.block(), in.shape(), frames.inBlock());
        };
    }

    private Flow single(Layer.Single layer, Flow in, String path, Frames frames) {
        OperationFactory.Surroundings surroundings =
                new OperationFactory.Surroundings() {
                    @Override
                    public Shape in() {
                        return in.shape();
                    }

                    @Override
                    public int channels(ChannelCount count) {
                        return count(count, in.shape(), frames);
                    }
                };
        try {
            Operation operation = OperationFactory.make(layer, surroundings);
            return add(path, operation, List.of(in), layer.where());
        } catch (ShapeMismatch | ArithmeticException e) {
            throw misfit(path, layer.word().name(), List.of(in.shape()), e, layer.where());
        }
    }

    private static int count(ChannelCount count, Shape in, Frames frames) {
        if (count instanceof ChannelCount.Exact exact) {
            return exact.count();
        }
        ChannelCount.OfInput relative = (ChannelCount.OfInput) count;
        int arrived =
                switch (relative.frame()) {
                    case WORD -> frames.word().channels();
                    case BLOCK, OUTER, COPY ->
                            frames.inBlock() ? frames.block().channels() : in.channels();
                };
        double share = arrived * relative.factor();
        return relative.divisor() > 1
                ? ChannelCount.divisible(share, relative.divisor())
                : (int) Math.max(1, Math.min(1 << 24, Math.floor(share + 1e-9)));
    }

    Flow add(String path, Operation operation, List<Flow> inputs, Where where) {
        List<Shape> shapes = inputs.stream().map(Flow::shape).toList();
        Shape output;
        try {
            output = operation.output(shapes);
            operation.weights(shapes).forEach(Weight::elements);
            operation.macs(shapes);
        } catch (ShapeMismatch | ArithmeticException e) {
            throw misfit(path, operation.type(), shapes, e, where);
        }
        if (!names.add(path)) {
            throw new SpecException(where, "two layers are called " + path);
        }
        nodes.add(
                new Node(
                        path,
                        operation,
                        inputs.stream().map(Flow::node).toList(),
                        shapes,
                        output,
                        auxiliary,
                        where));
        return new Flow(path, output);
    }

    private SpecException misfit(
            String path, String type, List<Shape> shapes, RuntimeException e, Where where) {
        String message = e instanceof ShapeMismatch ? e.getMessage() : "the numbers are too large";
        String arrived =
                shapes.size() == 1
                        ? shapes.get(0).toString()
                        : String.join(" and ", shapes.stream().map(Shape::toString).toList());
        String problem = message.startsWith(type) ? message : type + ": " + message;
        return new SpecException(
                where, problem + "\n  at " + path + " arrives " + arrived + called());
    }

    /** Where the block was called that an error stands in: its arguments may be what is wrong. */
    String called() {
        return calls.isEmpty() ? "" : "\n  in a block called at " + calls.element();
    }

    Flow activation(Activation activation, Flow in, String path, Where where) {
        return activation.isIdentity()
                ? in
                : add(path + ".act", new Activate(activation), List.of(in), where);
    }

    private Flow branches(Layer.Branches layer, Flow in, String path, Frames frames) {
        List<Flow> ends = new ArrayList<>();
        int count = layer.of().size();
        int index = 0;
        for (Map.Entry<String, List<Layer>> branch : layer.of().entrySet()) {
            String branchPath = path + "." + branch.getKey();
            Flow start = in;
            if (layer.split()) {
                int share = in.shape().channels() / count;
                if (share * count != in.shape().channels()) {
                    throw new SpecException(
                            layer.where(),
                            "branches: "
                                    + count
                                    + " branches can't share the channels of "
                                    + in.shape()
                                    + " evenly"
                                    + called());
                }
                start =
                        add(
                                branchPath + ".split",
                                new ChannelSlice(index * share, (index + 1) * share),
                                List.of(in),
                                layer.where());
            }
            ends.add(walk(branch.getValue(), start, branchPath, frames));
            index++;
        }
        return add(path + "." + layer.join().word(), new Merge(layer.join()), ends, layer.where());
    }

    private Flow auxiliary(Layer.Auxiliary layer, Flow in, String path, Frames frames) {
        boolean outer = auxiliary;
        auxiliary = true;
        taps.push(new HashMap<>()); // what it computes isn't there outside training
        Flow logits =
                flat(walk(layer.layers(), in, path, frames), path + ".flatten", layer.where());
        taps.pop();
        auxiliary = outer;
        if (logits.shape().channels() != architecture.classes()) {
            throw new SpecException(
                    layer.where(),
                    "aux: the head ends in "
                            + logits.shape()
                            + ", params.classes is "
                            + architecture.classes());
        }
        heads.add(new Network.AuxiliaryHead(logits.node(), layer.weight()));
        return in;
    }

    private Flow flat(Flow flow, String path, Where where) {
        if (flow.shape().flat()) {
            return flow;
        }
        return add(path, new Flatten(), List.of(flow), where);
    }
}
