package org.cnnzoo.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.cnnzoo.build.Model;
import org.cnnzoo.build.ModelBuilder;
import org.cnnzoo.data.Normalization;
import org.cnnzoo.data.Preprocessing;
import org.cnnzoo.data.ResizeMode;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.network.Network;
import org.cnnzoo.network.NetworkBuilder;
import org.cnnzoo.run.Checkpoint;
import org.cnnzoo.run.CheckpointFile;
import org.cnnzoo.run.Progress;
import org.cnnzoo.run.Provenance;
import org.cnnzoo.spec.Architecture;
import org.cnnzoo.spec.ArchitectureText;
import org.cnnzoo.spec.SetValue;
import org.cnnzoo.weights.Convention;
import org.cnnzoo.weights.ImagePreparation;
import org.cnnzoo.weights.Mapping;
import org.cnnzoo.weights.WeightImport;
import org.cnnzoo.weights.tensors.TensorFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cnn weights import}: a file of torchvision's or timm's weights becomes a checkpoint. */
@Command(
        name = "import",
        sortOptions = false,
        description = "Make a checkpoint of torchvision's or timm's weights.",
        footer = {
            "",
            "Examples:",
            "  cnn weights import --model resnet18 --from resnet18.pth --output resnet18.zip",
            "  cnn weights import --model mobilenet_v2 --from model.safetensors --classes 10"
                    + " --output start.zip"
        })
final class WeightsImportCommand implements Callable<Integer> {
    /** Where nothing is known of the images: samples stay in 0..1. */
    private static final ImagePreparation PLAIN =
            new ImagePreparation(1, new Normalization(new float[] {0}, new float[] {1}));

    @Mixin private ModelOptions options = new ModelOptions();

    @Option(
            names = "--from",
            required = true,
            paramLabel = "FILE",
            description = "A state dict: .safetensors, or PyTorch's .pth or .pt.")
    private Path from = Path.of("");

    @Option(
            names = "--output",
            required = true,
            paramLabel = "CKPT",
            description = "The checkpoint to write, a zip file.")
    private Path output = Path.of("");

    @Option(
            names = "--names",
            paramLabel = "torchvision|timm|cnn",
            description = "Whose names the file has (default: those that fit best).")
    private @Nullable String names;

    @Option(
            names = "--class-names",
            paramLabel = "FILE",
            description = "The classes' names, one a line (default: class 0, class 1, ...).")
    private @Nullable Path classNames;

    @Option(
            names = "--mean",
            split = ",",
            paramLabel = "M",
            description = "Mean of each channel, in 0..1, as the weights expect it.")
    private List<Float> mean = List.of();

    @Option(
            names = "--std",
            split = ",",
            paramLabel = "S",
            description = "Deviation of each channel, in 0..1.")
    private List<Float> std = List.of();

    @Option(
            names = "--crop-pct",
            paramLabel = "F",
            description = "Side of the centre crop over the resized shorter side, as 0.875.")
    private @Nullable Double cropFraction;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "What a new classifier's weights derive from (default ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        List<Path> read = new ArrayList<>(List.of(from, options.file()));
        Optional.ofNullable(classNames).ifPresent(read::add);
        OutputFile.check("--output", output, read);
        List<SetValue> values = options.values();
        Architecture written = options.load(values);
        Mapping mapping = Mapping.of(options.file(), List.of(written.name(), written.family()));
        try (TensorFile file = TensorFile.open(from)) {
            Convention convention =
                    names == null
                            ? WeightImport.recognize(mapping, NetworkBuilder.build(written), file)
                            : mapping.named(names);
            List<SetValue> all = new ArrayList<>(convention.settings());
            all.addAll(values);
            Architecture architecture = options.load(all);
            Network network = NetworkBuilder.build(architecture);
            List<String> classes = classes(network.classes());
            Preprocessing preprocessing = preprocessing(convention, network);
            WeightImport weights =
                    WeightImport.match(convention, network, file, options.classesGiven());
            if (weights.fresh().isEmpty()
                    && Objects.requireNonNull(spec)
                            .commandLine()
                            .getParseResult()
                            .hasMatchedOption("--seed")) {
                throw new BadInput("--seed has no effect: no classifier is new");
            }
            Model model = ModelBuilder.build(network, seed);
            weights.into(model, file);
            OutputFile.makeFolder(output);
            CheckpointFile.write(
                    output,
                    new Checkpoint(
                            provenance(architecture, all, classes, preprocessing),
                            Progress.start(seed),
                            model.graph().getConfiguration().toJson(),
                            model.values(),
                            Optional.empty(),
                            new TreeMap<>()));
            report(weights, convention, preprocessing);
        }
        return 0;
    }

    private void report(WeightImport weights, Convention convention, Preprocessing preprocessing) {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "%s: %d tensors by %s's names%s%n",
                output,
                weights.matched().size(),
                convention.name(),
                convention.settings().isEmpty()
                        ? ""
                        : ", with "
                                + String.join(
                                        ", ",
                                        convention.settings().stream()
                                                .map(set -> set.path() + "=" + set.value())
                                                .toList()));
        if (!weights.fresh().isEmpty()) {
            out.printf(
                    "new classifier: %s%n",
                    String.join(", ", weights.fresh().stream().map(n -> n.ours()).toList()));
        }
        out.printf(
                Locale.ROOT,
                "images: %dx%dx%d, crop %.3f of the resized side, %s%n",
                preprocessing.channels(),
                preprocessing.height(),
                preprocessing.width(),
                preprocessing.cropFraction(),
                preprocessing.normalization());
        out.flush();
    }

    private Preprocessing preprocessing(Convention convention, Network network) {
        ImagePreparation known = convention.preparation().orElse(PLAIN);
        int channels = network.input().channels();
        if (channels != 1 && channels != 3) {
            throw new BadInput(
                    "images have 1 or 3 channels, the network's input %d".formatted(channels));
        }
        if (cropFraction != null && cropFraction == 0) {
            throw new BadInput("--crop-pct must be above 0 and at most 1, not 0");
        }
        try {
            Normalization normalization = known.normalization();
            if (mean.isEmpty() != std.isEmpty()) {
                throw new BadInput("--mean and --std go together");
            }
            if (!mean.isEmpty()) {
                normalization = new Normalization(floats(mean), floats(std));
            }
            return new Preprocessing(
                    channels,
                    network.input().height(),
                    network.input().width(),
                    ResizeMode.CROP,
                    normalization.forChannels(channels),
                    cropFraction == null ? known.cropFraction() : cropFraction);
        } catch (IllegalArgumentException e) {
            throw new BadInput("--mean, --std, --crop-pct: " + e.getMessage(), e);
        }
    }

    private static float[] floats(List<Float> numbers) {
        float[] floats = new float[numbers.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = numbers.get(i);
        }
        return floats;
    }

    private List<String> classes(int count) {
        if (classNames == null) {
            return IntStream.range(0, count).mapToObj(i -> "class " + i).toList();
        }
        List<String> lines;
        try {
            lines = Files.readAllLines(classNames);
        } catch (IOException e) {
            throw new BadInput(classNames + ": can't be read as text", e);
        }
        if (lines.size() != count) {
            throw new BadInput(
                    "%s has %d lines, the network %d classes"
                            .formatted(classNames, lines.size(), count));
        }
        return lines;
    }

    private Provenance provenance(
            Architecture architecture,
            List<SetValue> values,
            List<String> classes,
            Preprocessing preprocessing) {
        ArchitectureText text = ArchitectureText.of(options.file());
        return new Provenance(
                architecture.name(),
                text.own(),
                text.base(),
                SetValue.byPath(values),
                classes,
                preprocessing,
                "",
                "");
    }
}
