package org.cnnzoo.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.cnnzoo.bench.Benchmark;
import org.cnnzoo.bench.Measurement;
import org.cnnzoo.bench.Mode;
import org.cnnzoo.bench.Sampling;
import org.cnnzoo.build.Backend;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.errors.Nearest;
import org.cnnzoo.network.Network;
import org.cnnzoo.network.NetworkBuilder;
import org.cnnzoo.session.ArithmeticThreads;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cnn bench}: images a second of training and inference, on synthetic images. */
@Command(
        name = "bench",
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  cnn bench resnet18 --input-size 32 --set params.stem=cifar",
            "  cnn bench mobilenet_v2 -b 8 --mode train --profile"
        })
final class BenchCommand implements Callable<Integer> {
    private static final String BOTH = "both";
    private static final double SECONDS = 3;

    @Mixin private ModelOptions options = new ModelOptions();

    @Option(
            names = {"-b", "--batch-size"},
            paramLabel = "N",
            description = "Images in a step (default: ${DEFAULT-VALUE}).")
    private int batchSize = 32;

    @Option(
            names = "--mode",
            paramLabel = "train|inference|both",
            description = {
                "Which steps; both begins with inference (default: both; with --format",
                "json, train)."
            })
    private @Nullable String mode;

    @Option(
            names = "--warmup",
            paramLabel = "N",
            description = "Steps before those that are measured (default: ${DEFAULT-VALUE}).")
    private int warmUp = 5;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "Measure at least so many (default: ${DEFAULT-VALUE}).")
    private int steps = 10;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "Measure at least so long (default: 3; with --steps, 0).")
    private @Nullable Double seconds;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads of the arithmetic (default: all cores).")
    private @Nullable Integer threads;

    @Mixin private BackendOptions backend = new BackendOptions();

    @Option(names = "--profile", description = "Also list the layers by the time they take.")
    private boolean profile;

    @Option(
            names = "--format",
            paramLabel = "table|json",
            description = {
                "How to print (default: ${DEFAULT-VALUE}); json is an object,",
                "with --mode both an array of two."
            })
    private Format format = Format.TABLE;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        List<Mode> modes = modes();
        Backend choice = backend.backend();
        check();
        Sampling sampling = sampling();
        Network network = NetworkBuilder.build(options.load(options.values()));
        if (threads != null) {
            ArithmeticThreads.set(threads);
        }
        Benchmark benchmark = new Benchmark(network, choice, batchSize, profile);
        List<Measurement> measurements = new ArrayList<>();
        for (Mode each : modes) {
            say(each, sampling);
            measurements.add(benchmark.run(each, sampling));
        }
        BenchReport report =
                new BenchReport(
                        network,
                        batchSize,
                        ArithmeticThreads.count(),
                        benchmark.engine(),
                        choice.precision());
        PrintWriter out = commandSpec().commandLine().getOut();
        if (format == Format.JSON) {
            List<?> facts = measurements.stream().map(report::facts).toList();
            Json.print(modes.size() > 1 ? facts : facts.get(0), out);
        } else {
            report.print(measurements, out);
        }
        return 0;
    }

    private List<Mode> modes() {
        if (mode == null) { // an object, as scripts expect of most commands
            return format == Format.JSON ? List.of(Mode.TRAIN) : List.of(Mode.values());
        }
        String lower = mode.toLowerCase(Locale.ROOT);
        if (lower.equals(BOTH)) {
            return List.of(Mode.values());
        }
        for (Mode known : Mode.values()) {
            if (known.label().equals(lower)) {
                return List.of(known);
            }
        }
        List<String> names = List.of(Mode.TRAIN.label(), Mode.INFERENCE.label(), BOTH);
        throw new BadInput(
                "--mode must be train, inference or both, not '%s'%s"
                        .formatted(mode, Nearest.hint(mode, names)));
    }

    private void check() {
        refuse(batchSize < 1, "--batch-size must be 1 or more, not " + batchSize);
        refuse(warmUp < 0, "--warmup must be 0 or more, not " + warmUp);
        refuse(steps < 1, "--steps must be 1 or more, not " + steps);
        refuse(
                seconds != null && !(seconds >= 0 && seconds < Double.POSITIVE_INFINITY),
                "--seconds must be 0 or more, not " + seconds);
        refuse(threads != null && threads < 1, "--threads must be 1 or more, not " + threads);
    }

    private static void refuse(boolean wrong, String message) {
        if (wrong) {
            throw new BadInput(message);
        }
    }

    private Sampling sampling() {
        boolean counted = commandSpec().commandLine().getParseResult().hasMatchedOption("--steps");
        double least = seconds != null ? seconds : counted ? 0 : SECONDS;
        return new Sampling(warmUp, steps, least);
    }

    /** Large networks take their time; on stderr, as all that is no fact. */
    private void say(Mode each, Sampling sampling) {
        String least =
                sampling.seconds() > 0
                        ? String.format(Locale.ROOT, " and %.1f s", sampling.seconds())
                        : "";
        commandSpec()
                .commandLine()
                .getErr()
                .printf(
                        Locale.ROOT,
                        "%s: %d steps to warm up, then at least %d%s ...%n",
                        each.label(),
                        sampling.warmUp(),
                        sampling.steps(),
                        least);
    }

    private CommandSpec commandSpec() {
        return Objects.requireNonNull(spec);
    }
}
