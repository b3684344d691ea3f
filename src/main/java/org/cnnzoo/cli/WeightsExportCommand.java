package org.cnnzoo.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.cnnzoo.eval.TrainedModel;
import org.cnnzoo.spec.Zoo;
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
        description = "Write a run's or a checkpoint's weights under torchvision's names.",
        footer = {
            "",
            "Example:",
            "  cnn weights export --checkpoint best.zip --format safetensors --output"
                    + " best.safetensors"
        })
final class WeightsExportCommand implements Callable<Integer> {
    /** What is written. */
    enum FileFormat {
        SAFETENSORS,
        NPZ
    }

    @Mixin private CheckpointOptions checkpoint = new CheckpointOptions();

    @Option(
            names = "--format",
            paramLabel = "safetensors|npz",
            description = "What to write (default: ${DEFAULT-VALUE}).")
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
        Zoo zoo = new Zoo(Home.path().resolve("configs/models"));
        TrainedModel trained = checkpoint.load();
        Mapping mapping = Mapping.of(zoo, trained.provenance().model());
        Convention convention = names == null ? mapping.preferred() : mapping.named(names);
        List<Tensor> tensors = WeightExport.tensors(trained.model(), convention);
        switch (format) {
            case SAFETENSORS -> SafetensorsWriter.write(output, tensors);
            case NPZ -> NpzWriter.write(output, tensors);
        }
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "%s: %d tensors by %s's names%n",
                output,
                tensors.size(),
                convention.name());
        out.flush();
        return 0;
    }
}
