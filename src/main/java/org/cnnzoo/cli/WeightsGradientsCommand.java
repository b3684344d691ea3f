package org.cnnzoo.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.cnnzoo.eval.TrainedModel;
import org.cnnzoo.weights.TrainingStep;
import org.cnnzoo.weights.tensors.NpyFile;
import org.cnnzoo.weights.tensors.NpzWriter;
import org.cnnzoo.weights.tensors.Tensor;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cnn weights gradients}: one training step's arrays, to compare with another library. */
@Command(
        name = "gradients",
        sortOptions = false,
        description =
                "Write the logits and gradients of one training step under the weights' names.",
        footer = {
            "",
            "Example:",
            "  cnn weights gradients --checkpoint start.zip --tensor images.npy --labels labels.npy"
                    + " --output step.npz"
        })
final class WeightsGradientsCommand implements Callable<Integer> {
    @Mixin private CheckpointOptions checkpoint = new CheckpointOptions();

    @Mixin private BackendOptions backend = new BackendOptions();

    @Option(
            names = "--tensor",
            required = true,
            paramLabel = "X.npy",
            description = "Images as floats [N,C,H,W], taken as they are.")
    private Path images = Path.of("");

    @Option(
            names = "--labels",
            required = true,
            paramLabel = "Y.npy",
            description = "The class of each, [N], from 0.")
    private Path labels = Path.of("");

    @Option(
            names = "--output",
            required = true,
            paramLabel = "FILE.npz",
            description = "The file to write: 'logits', every gradient, every new statistic.")
    private Path output = Path.of("");

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        OutputFile.check("--output", output, List.of(checkpoint.file(), images, labels));
        TrainedModel trained = checkpoint.load(backend.backend());
        List<Tensor> step =
                TrainingStep.of(
                        trained.model(),
                        checkpoint.mapping(trained).preferred(),
                        NpyFile.read(images),
                        NpyFile.read(labels));
        OutputFile.makeFolder(output);
        NpzWriter.write(output, step);
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        out.printf(Locale.ROOT, "%s: %d arrays%n", output, step.size());
        out.flush();
        return 0;
    }
}
