package org.cnnzoo.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.cnnzoo.data.Dataset;
import org.cnnzoo.data.ImageSet;
import org.cnnzoo.data.PreparedImages;
import org.cnnzoo.data.Split;
import org.cnnzoo.data.TestViews;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.errors.Labelled;
import org.cnnzoo.errors.WorkFailed;
import org.cnnzoo.eval.EvalResult;
import org.cnnzoo.eval.Evaluation;
import org.cnnzoo.eval.LabelledAnswer;
import org.cnnzoo.eval.TrainedModel;
import org.cnnzoo.run.Provenance;
import org.cnnzoo.run.RunFiles;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cnn eval}: a run's or a checkpoint's figures on a split. */
@Command(
        name = "eval",
        sortOptions = false,
        description = EvalCommand.SUMMARY,
        footer = {
            "",
            "Examples:",
            "  cnn eval --run runs/lenet5-fashion-mnist-20261124-091500",
            "  cnn eval --checkpoint best.zip --data photos/ --split val --format json",
            "  cnn eval --run runs/lenet5-fashion-mnist-20261124-091500 --tta ten-crop"
                    + " --predictions answers.csv"
        })
public final class EvalCommand implements Callable<Integer> {
    static final String SUMMARY = "Evaluate a run or a checkpoint on a split.";

    @Mixin private CheckpointOptions checkpoint = new CheckpointOptions();

    @Mixin private BackendOptions backend = new BackendOptions();

    @Mixin private DataOptions data = new DataOptions();

    @Option(
            names = "--split",
            paramLabel = "train|val|test",
            description = "Which images (default test; val where there are no test images).")
    private @Nullable String split;

    @Option(
            names = "--tta",
            paramLabel = "none|flip|ten-crop",
            description =
                    "Average over the image and its mirror image, or over ten crops (default"
                            + " ${DEFAULT-VALUE}).")
    private String tta = TestViews.Kind.NONE.label();

    @Option(
            names = "--predictions",
            paramLabel = "FILE.csv",
            description = "Also write every image's label, answer and probability.")
    private @Nullable Path predictions;

    @Option(
            names = "--all-probabilities",
            description = "In that file, the probabilities of all classes too.")
    private boolean allProbabilities;

    @Mixin private WorkersOption workers = new WorkersOption();

    @Option(
            names = "--format",
            paramLabel = "table|json",
            description = "How the figures are printed (default ${DEFAULT-VALUE}).")
    private Format format = Format.TABLE;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        Path file = checkpoint.file();
        Split asked = split == null ? null : Labelled.named("--split", Split.values(), split);
        TestViews.Kind views = TestViews.Kind.named(tta);
        if (allProbabilities && predictions == null) {
            throw new BadInput("--all-probabilities has an effect only with --predictions");
        }
        int decoders = workers.count();
        TrainedModel trained = checkpoint.load(backend.backend());
        Provenance provenance = trained.provenance();
        Optional<RunFiles> run = checkpoint.run();
        Dataset dataset =
                run.isPresent() ? data.open(run.get()) : data.open(file, provenance.dataset());
        refuseOtherClasses(provenance, dataset);
        Split part = data.part(dataset, asked);
        if (predictions != null) {
            List<Path> read = new ArrayList<>(List.of(file));
            dataset.list().ifPresent(read::add);
            run.ifPresent(files -> read.add(files.config()));
            OutputFile.check("--predictions", predictions, read);
        }
        if (part != Split.TEST) {
            tellOfOtherImages(trained, dataset);
        }
        long start = System.nanoTime();
        EvalResult result = evaluate(trained, dataset.split(part), views, decoders);
        double seconds = (System.nanoTime() - start) / 1e9;
        if (!Double.isFinite(result.loss())) {
            throw new WorkFailed(
                    "the network's outputs on the %s images are no finite numbers: there are none to evaluate"
                            .formatted(part.label()));
        }
        EvalReport report = new EvalReport(file, dataset.name(), part, views, result, seconds);
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        if (format == Format.JSON) {
            report.printJson(out);
        } else {
            report.printTable(out);
        }
        out.flush();
        return 0;
    }

    /** Of the same name but not the same: what is validated on may have been trained on. */
    private void tellOfOtherImages(TrainedModel trained, Dataset dataset) {
        if (dataset.name().equals(trained.provenance().dataset())
                && !trained.wasTrainedOn(dataset)) {
            PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
            err.println(
                    "The images of %s are not those that the network was trained and validated on, or were divided otherwise (--val-split, --val-seed)."
                            .formatted(dataset.name()));
            err.flush();
        }
    }

    private EvalResult evaluate(
            TrainedModel trained, ImageSet images, TestViews.Kind views, int decoders) {
        Provenance provenance = trained.provenance();
        PreparedImages prepared =
                views == TestViews.Kind.NONE
                        ? new PreparedImages(images, provenance.preprocessing())
                        : new TestViews(images, provenance.preprocessing(), views).prepared();
        Evaluation evaluation = new Evaluation(provenance.classes(), decoders, 0);
        Function<LabelledAnswer.Listener, EvalResult> run =
                listener ->
                        evaluation.run(trained.model()::logits, prepared, views.count(), listener);
        return predictions == null
                ? run.apply(LabelledAnswer.Listener.NONE)
                : new PredictionsFile(predictions, provenance.classes(), allProbabilities)
                        .during(run);
    }

    static void refuseOtherClasses(Provenance provenance, Dataset dataset) {
        int known = dataset.classes().size();
        if (known > provenance.classes().size()
                || !dataset.classes().equals(provenance.classes().subList(0, known))) {
            throw new BadInput(
                    "%s has other classes than the network was trained on%n%s%nthe network: %s"
                            .formatted(
                                    dataset.name(),
                                    shortened(String.join(", ", dataset.classes())),
                                    shortened(String.join(", ", provenance.classes()))));
        }
    }

    private static String shortened(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + " ...";
    }
}
