package org.cnnzoo.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.cnnzoo.build.Backend;
import org.cnnzoo.build.EngineKind;
import org.cnnzoo.data.Preprocessing;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.eval.TrainedModel;
import org.cnnzoo.onnx.OnnxExport;
import org.cnnzoo.recipe.Home;
import org.cnnzoo.run.Provenance;
import org.cnnzoo.weights.Convention;
import org.cnnzoo.weights.Mapping;
import org.cnnzoo.weights.WeightExport;
import org.cnnzoo.weights.tensors.NpzWriter;
import org.cnnzoo.weights.tensors.SafetensorsWriter;
import org.cnnzoo.weights.tensors.Tensor;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cnn weights export}: a checkpoint's weights under torchvision's names. */
@Command(
        name = "export",
        sortOptions = false,
        description = {
            "Write weights under torchvision's names, or the whole network as an ONNX file."
        },
        footer = {
            "",
            "Example:",
            "  cnn weights export --checkpoint best.zip --format safetensors --output"
                    + " best.safetensors",
            "  cnn weights export --run runs/NAME --format onnx --output best.onnx"
        })
final class WeightsExportCommand implements Callable<Integer> {
    /** What is written. */
    enum FileFormat {
        SAFETENSORS,
        NPZ,
        ONNX
    }

    @Mixin private CheckpointOptions checkpoint = new CheckpointOptions();

    @Option(
            names = "--format",
            paramLabel = "safetensors|npz|onnx",
            description = "What to write (default: safetensors).")
    private FileFormat format = FileFormat.SAFETENSORS;

    @Option(
            names = "--output",
            required = true,
            paramLabel = "FILE",
            description = "The file to write.")
    private Path output = Path.of("");

    @Option(
            names = "--names",
            paramLabel = "torchvision|cnn",
            description = "Whose names (default: torchvision's where it has the model, else ours).")
    private @Nullable String names;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (format == FileFormat.ONNX && names != null) {
            throw new BadInput("--names has no effect with --format onnx: it has the nodes' names");
        }
        List<Path> read = new ArrayList<>(List.of(checkpoint.file()));
        checkpoint.run().ifPresent(run -> read.add(run.config()));
        OutputFile.check("--output", output, read);
        TrainedModel trained = checkpoint.load(Backend.fp32(EngineKind.AUTO));
        OutputFile.makeFolder(output);
        String what = format == FileFormat.ONNX ? onnx(trained) : tensors(trained);
        PrintWriter out = commandSpec().commandLine().getOut();
        out.printf(Locale.ROOT, "%s: %s%n", output, what);
        out.flush();
        return 0;
    }

    private CommandSpec commandSpec() {
        return Objects.requireNonNull(spec);
    }

    /** Names under which a library would compute something else are none of this network's. */
    private Convention convention(TrainedModel trained) {
        Mapping mapping = checkpoint.mapping(trained);
        if (names == null) {
            return mapping.conventions().stream()
                    .filter(one -> trained.difference(one.settings(), Home.zoo()).isEmpty())
                    .findFirst()
                    .orElse(Convention.OWN);
        }
        Convention named = mapping.named(names);
        trained.difference(named.settings(), Home.zoo())
                .ifPresent(
                        what -> {
                            throw new BadInput(
                                    "--names %s: the network computes something else with its settings: %s"
                                            .formatted(names, what));
                        });
        return named;
    }

    private String tensors(TrainedModel trained) {
        Convention convention = convention(trained);
        List<Tensor> tensors = WeightExport.tensors(trained.model(), convention);
        if (format == FileFormat.NPZ) {
            NpzWriter.write(output, tensors);
        } else {
            SafetensorsWriter.write(output, tensors);
        }
        return String.format(
                Locale.ROOT, "%d tensors by %s's names", tensors.size(), convention.name());
    }

    private String onnx(TrainedModel trained) {
        Provenance provenance = trained.provenance();
        Preprocessing prepared = provenance.preprocessing();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("model", provenance.model());
        facts.put("classes", String.join("\n", provenance.classes()));
        facts.put("mean", Arrays.toString(prepared.normalization().mean()));
        facts.put("std", Arrays.toString(prepared.normalization().std()));
        facts.put("resize_mode", prepared.mode().name().toLowerCase(Locale.ROOT));
        facts.put("crop_fraction", Double.toString(prepared.cropFraction()));
        OnnxExport.write(output, trained.model(), facts);
        return "input [N, %d, %d, %d], normalised as its metadata say; logits [N, %d]"
                .formatted(
                        prepared.channels(),
                        prepared.height(),
                        prepared.width(),
                        trained.network().classes());
    }
}
