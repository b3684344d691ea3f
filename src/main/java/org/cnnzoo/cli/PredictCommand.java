package org.cnnzoo.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.cnnzoo.console.PredictionProgress;
import org.cnnzoo.console.Terminal;
import org.cnnzoo.data.ContactSheet;
import org.cnnzoo.data.ImageFiles;
import org.cnnzoo.data.ImagePaths;
import org.cnnzoo.data.LoaderOptions;
import org.cnnzoo.data.PreparedImages;
import org.cnnzoo.data.Preprocessing;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.eval.Evaluation;
import org.cnnzoo.eval.ImageTensor;
import org.cnnzoo.eval.Prediction;
import org.cnnzoo.eval.Predictor;
import org.cnnzoo.eval.TrainedModel;
import org.cnnzoo.report.Png;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cnn predict}: the likeliest classes of image files, or of a raw tensor's images. */
@Command(
        name = "predict",
        sortOptions = false,
        description = "The likeliest classes of images.",
        footer = {
            "",
            "Examples:",
            "  cnn predict --run runs/lenet5-fashion-mnist-20261124-091500 shoe.png photos/",
            "  cnn predict --checkpoint best.zip 'photos/**/*.jpg' --top-k 1 --format csv",
            "  cnn predict --checkpoint best.zip --tensor x.npy --logits --format json"
        })
public final class PredictCommand implements Callable<Integer> {
    private static final int MOST_DRAWN = 200;

    @Mixin private CheckpointOptions checkpoint = new CheckpointOptions();

    @Mixin private BackendOptions backend = new BackendOptions();

    @Parameters(
            paramLabel = "IMAGE",
            arity = "0..*",
            description = {
                "Image files; folders, for the images at any depth in them; globs in quotes, where"
                        + " ** stands for any folders."
            })
    private List<String> images = List.of();

    @Option(
            names = "--tensor",
            paramLabel = "X.npy",
            description =
                    "Instead of images a NumPy array [N, C, H, W] of floats, which nothing is done"
                            + " to. For one image: x[None].")
    private @Nullable Path tensor;

    @Option(
            names = {"--top-k", "--topk"},
            paramLabel = "K",
            description = "How many classes, at most all (default ${DEFAULT-VALUE}).")
    private int topK = 5;

    @Option(
            names = "--logits",
            description =
                    "Also what the last layer gives before softmax: in json for all classes, else"
                            + " for those listed.")
    private boolean logits;

    @Option(
            names = {"-b", "--batch-size"},
            paramLabel = "N",
            description = "Images in a pass (default: by their size, at most 256).")
    private @Nullable Integer batchSize;

    @Mixin private WorkersOption workers = new WorkersOption();

    @Option(
            names = "--sheet",
            paramLabel = "FILE.png",
            description =
                    "Also draw the images with their likeliest class; of more than "
                            + MOST_DRAWN
                            + ", some.")
    private @Nullable Path sheet;

    @Option(
            names = "--format",
            paramLabel = "table|json|csv",
            description = "How predictions are printed (default ${DEFAULT-VALUE}).")
    private PredictionFormat format = PredictionFormat.TABLE;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        checkpoint.file(); // what is wrong with these flags comes before what is with the images
        check();
        List<Prediction> predictions = tensor == null ? ofFiles() : ofTensor(tensor);
        return predictions.stream().anyMatch(p -> p instanceof Prediction.Failure)
                ? ErrorHandling.FAILED
                : 0;
    }

    private void check() {
        refuse(topK < 1, "--top-k must be 1 or more, not " + topK);
        refuse(
                batchSize != null && batchSize < 1,
                "--batch-size must be 1 or more, not " + batchSize);
        refuse(
                images.isEmpty() == (tensor == null),
                "give either images (files, folders, globs) or --tensor X.npy");
        refuse(tensor != null && sheet != null, "--sheet has an effect only with image files");
        refuse(
                tensor != null
                        && commandSpec().commandLine().getParseResult().hasMatchedOption("-j"),
                WorkersOption.NAME + " has an effect only with image files");
        refuse(
                sheet != null && !sheet.toString().toLowerCase(Locale.ROOT).endsWith(".png"),
                "--sheet writes a PNG: %s must end in .png".formatted(sheet));
    }

    private List<Prediction> ofFiles() {
        List<Path> paths = ImagePaths.find(images);
        if (sheet != null) {
            OutputFile.check("--sheet", sheet, paths);
        }
        int decoders = workers.count();
        TrainedModel trained = checkpoint.load(backend.backend());
        Preprocessing preprocessing = trained.provenance().preprocessing();
        ImageFiles files = new ImageFiles(paths);
        PreparedImages prepared =
                new PreparedImages(
                        files,
                        preprocessing,
                        sheet == null ? 0 : PreparedImages.defaultBudget(),
                        line -> {}); // the failures say it
        LoaderOptions options =
                LoaderOptions.evaluation(batch(preprocessing, files.size())).withWorkers(decoders);
        List<Prediction> predictions;
        try (PredictionProgress progress = progress(files.size())) {
            predictions = predictor(trained).images(files, prepared, options, progress);
        }
        print(predictions);
        if (sheet != null) {
            ContactSheet drawn = new ContactSheet(i -> caption(predictions.get(i)), prepared);
            OutputFile.write(sheet, Png.of(drawn.draw(MOST_DRAWN)));
        }
        return predictions;
    }

    private List<Prediction> ofTensor(Path file) {
        TrainedModel trained = checkpoint.load(backend.backend());
        ImageTensor rows = ImageTensor.read(file, trained.network());
        int batch = batch(trained.provenance().preprocessing(), rows.count());
        List<Prediction> predictions;
        try (PredictionProgress progress = progress(rows.count())) {
            predictions = predictor(trained).tensor(rows, batch, progress);
        }
        print(predictions);
        return predictions;
    }

    private Predictor predictor(TrainedModel trained) {
        return new Predictor(
                trained.model()::logits,
                trained.provenance().classes(),
                trained.provenance().preprocessing(),
                topK,
                logits);
    }

    private int batch(Preprocessing preprocessing, int count) {
        int length = preprocessing.length();
        int size = Math.min(count, batchSize == null ? Evaluation.batchSize(length) : batchSize);
        refuse(
                (long) size * length > Integer.MAX_VALUE,
                "--batch-size %d is too large for images of %,d numbers".formatted(size, length));
        return size;
    }

    private PredictionProgress progress(int count) {
        return new PredictionProgress(
                commandSpec().commandLine().getErr(), Terminal.onStderr(), "predict", count);
    }

    private void print(List<Prediction> predictions) {
        PrintWriter err = commandSpec().commandLine().getErr();
        for (Prediction prediction : predictions) {
            if (prediction instanceof Prediction.Failure failure) {
                err.println("cnn: " + failure.file() + ": " + failure.error());
            }
        }
        err.flush();
        PrintWriter out = commandSpec().commandLine().getOut();
        format.print(predictions, logits, out);
        out.flush();
    }

    private static String caption(Prediction prediction) {
        if (prediction instanceof Prediction.Answer answer) {
            Prediction.Ranked first = answer.predictions().get(0);
            return String.format(
                    Locale.ROOT, "%.0f %% %s", 100 * first.probability(), first.name());
        }
        return "no answer";
    }

    private CommandSpec commandSpec() {
        return Objects.requireNonNull(spec);
    }

    private static void refuse(boolean wrong, String message) {
        if (wrong) {
            throw new BadInput(message);
        }
    }
}
