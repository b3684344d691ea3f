package org.cnnzoo.build.onednn;

import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.cnnzoo.build.CallTimer;
import org.cnnzoo.build.Engine;
import org.cnnzoo.build.Parameter;
import org.cnnzoo.build.Precision;
import org.cnnzoo.build.Step;
import org.cnnzoo.network.Merge;
import org.cnnzoo.network.Network;
import org.cnnzoo.network.Node;
import org.cnnzoo.spec.Join;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Runs a graph's network by oneDNN programs, one for each batch size. */
public final class OneDnnEngine implements Engine {
    private static final int KEPT = 2;

    private final Network network;
    private final ComputationGraph graph;
    private final Parameters parameters;
    private final long seed;
    private final Precision precision;
    private final Clock clock = new Clock();
    private @Nullable CallTimer timer;

    /** Programs of inference whose weights are those of now. */
    private final Set<Compiler.Compiled> prepared = new HashSet<>();

    private final Map<Integer, Compiler.Compiled> training = programs();
    private final Map<Integer, Compiler.Compiled> inference = programs();

    /** Frees the programs of engines that nobody has any longer. */
    private static final Cleaner CLEANER = Cleaner.create();

    /** The step, for programs: they must not hold the engine, or it would never be let go. */
    private static final class Clock {
        private long iteration;
    }

    /**
     * An engine for a graph whose parameters are the flat vector's.
     *
     * @param values the flat vector of parameters [P]
     * @param gradients that of gradients [P]
     * @param seed what dropout's masks derive from
     * @param precision one that this CPU has
     */
    public OneDnnEngine(
            Network network,
            ComputationGraph graph,
            INDArray values,
            INDArray gradients,
            List<Parameter> parameters,
            long seed,
            Precision precision) {
        this.network = network;
        this.graph = graph;
        this.parameters = new Parameters(values, gradients, parameters);
        this.seed = seed;
        this.precision = precision;
        CLEANER.register(this, freeing(training, inference));
    }

    private static Runnable freeing(
            Map<Integer, Compiler.Compiled> some, Map<Integer, Compiler.Compiled> others) {
        return () ->
                Stream.concat(some.values().stream(), others.values().stream())
                        .forEach(compiled -> compiled.program().close());
    }

    @Override
    public String name() {
        return "onednn";
    }

    /**
     * Why a network can't run on oneDNN on this machine; empty if it can.
     *
     * <p>Needs the library's native part, a CPU with AVX2, and sums or products of two arrays.
     */
    public static Optional<String> refusal(Network network) {
        for (Node node : network.nodes()) {
            if (node.operation() instanceof Merge merge
                    && merge.join() != Join.CONCAT
                    && (merge.join() == Join.MAX || node.inputs().size() != 2)) {
                return Optional.of(
                        "no %s of %d arrays (%s)"
                                .formatted(merge.join().word(), node.inputs().size(), node.name()));
            }
        }
        return Library.MISSING;
    }

    /** Why nothing can run in bfloat16 on this machine, whose library loads; empty if it can. */
    public static Optional<String> bf16Refusal() {
        return Cpu.hasBf16()
                ? Optional.empty()
                : Optional.of("this CPU has no bfloat16 arithmetic (AVX512_BF16)");
    }

    /** Asked once, when it is needed: loading the library takes a moment. */
    private static final class Library {
        static final Optional<String> MISSING = missing();

        private static Optional<String> missing() {
            try {
                return Cpu.hasAvx2() ? Optional.empty() : Optional.of("the CPU has no AVX2");
            } catch (LinkageError e) {
                return Optional.of("no native library for this machine (" + e.getMessage() + ")");
            }
        }
    }

    private static Map<Integer, Compiler.Compiled> programs() {
        return new LinkedHashMap<>(4, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Integer, Compiler.Compiled> eldest) {
                boolean tooMany = size() > KEPT;
                if (tooMany) {
                    eldest.getValue().program().close();
                }
                return tooMany;
            }
        };
    }

    private Compiler.Compiled program(int batch, boolean train) {
        Clock now = clock;
        return (train ? training : inference)
                .computeIfAbsent(
                        batch,
                        n ->
                                new Compiler(
                                                network,
                                                graph,
                                                parameters,
                                                seed,
                                                () -> now.iteration,
                                                n,
                                                train,
                                                Form.of(precision, network, train))
                                        .compile());
    }

    private static void put(INDArray images, Value to) {
        if (images.length() != to.dims().count()) {
            throw new IllegalArgumentException(
                    "images of "
                            + java.util.Arrays.toString(images.shape())
                            + ", not "
                            + to.dims().sizes());
        }
        INDArray dense =
                images.isView() || images.ordering() != 'c' || images.offset() != 0
                        ? images.dup('c')
                        : images;
        Pointer.memcpy(to.pointer(), dense.data().pointer(), to.storage().bytes());
    }

    @Override
    public void setTimer(CallTimer hears) {
        timer = hears;
    }

    @Override
    public void parametersMayChange() {
        prepared.clear();
    }

    @Override
    public Step forwardBackward(INDArray images, INDArray targets, long now) {
        try {
            return step(images, targets, now);
        } finally {
            Reference.reachabilityFence(this); // its programs are at work
        }
    }

    private Step step(INDArray images, INDArray targets, long now) {
        parametersMayChange();
        clock.iteration = now;
        Compiler.Compiled compiled = program((int) images.size(0), true);
        put(images, compiled.images());
        float[] rows = targets.dup('c').reshape(targets.length()).toFloatVector();
        compiled.losses().forEach(loss -> loss.targets(rows));
        compiled.program().run(timer);
        double loss = compiled.losses().stream().mapToDouble(SoftmaxLoss::loss).sum();
        return new Step(
                loss,
                Nd4j.createFromArray(compiled.losses().get(0).logits())
                        .reshape('c', compiled.logits().dims().array()));
    }

    @Override
    public INDArray logits(INDArray images) {
        try {
            return outputs(images);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    private INDArray outputs(INDArray images) {
        Compiler.Compiled compiled = program((int) images.size(0), false);
        put(images, compiled.images());
        if (prepared.add(compiled)) {
            compiled.program().prepare();
        }
        compiled.program().run(timer);
        float[] logits = new float[(int) compiled.logits().dims().count()];
        compiled.logits().floats().get(logits);
        return Nd4j.createFromArray(logits).reshape('c', compiled.logits().dims().array());
    }
}
