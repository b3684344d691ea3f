package org.cnnzoo.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.cnnzoo.data.Dataset;
import org.cnnzoo.data.Datasets;
import org.cnnzoo.data.PreparedImages;
import org.cnnzoo.data.Split;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.eval.EvalResult;
import org.cnnzoo.eval.Evaluation;
import org.cnnzoo.eval.TrainedModel;
import org.cnnzoo.run.Provenance;
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
            "  cnn eval --checkpoint best.zip --data photos/ --split val --format json"
        })
public final class EvalCommand implements Callable<Integer> {
    static final String SUMMARY = "Evaluate a run or a checkpoint on a split.";

    @Mixin private CheckpointOptions checkpoint = new CheckpointOptions();

    @Option(
            names = "--data",
            paramLabel = "DATA",
            description =
                    "A name of 'cnn data list' or a folder; otherwise what it was trained on.")
    private @Nullable String data;

    @Option(
            names = {"--data-path", "--data-dir"},
            paramLabel = "FOLDER",
            description = "A known data set's files, if not in datasets/.")
    private @Nullable Path dataPath;

    @Option(
            names = "--split",
            paramLabel = "train|val|test",
            description = "Which images (default ${DEFAULT-VALUE}).")
    private String split = "test";

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
        Split part = part();
        int decoders = workers.count();
        TrainedModel trained = checkpoint.load();
        Provenance provenance = trained.provenance();
        if (data == null && provenance.dataset().isEmpty()) {
            throw new BadInput(
                    "%s was not trained here on data with a name; give --data".formatted(file));
        }
        Dataset dataset =
                Datasets.open(
                        data == null ? provenance.dataset() : data,
                        Home.path(),
                        Optional.ofNullable(dataPath));
        refuseOtherClasses(provenance, dataset);
        EvalResult result =
                new Evaluation(provenance.classes(), decoders, 0)
                        .run(
                                trained.model()::logits,
                                new PreparedImages(
                                        dataset.split(part), provenance.preprocessing()));
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        if (format == Format.JSON) {
            out.println(json(file, dataset.name(), part, result));
        } else {
            print(file, dataset.name(), part, result, out);
        }
        out.flush();
        return 0;
    }

    private Split part() {
        for (Split known : Split.values()) {
            if (known.label().equals(split.toLowerCase(Locale.ROOT))) {
                return known;
            }
        }
        throw new BadInput("--split must be train, val or test, not '" + split + "'");
    }

    private static void refuseOtherClasses(Provenance provenance, Dataset dataset) {
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

    private static String json(Path file, String data, Split part, EvalResult result) {
        ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        ObjectNode all = mapper.createObjectNode();
        all.put("checkpoint", file.toString());
        all.put("data", data);
        all.put("split", part.label());
        all.setAll(mapper.<ObjectNode>valueToTree(result));
        try {
            return mapper.writeValueAsString(all);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void print(
            Path file, String data, Split part, EvalResult result, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%s on %s, %s split: %,d images%ntop-1 %.2f %%, top-5 %.2f %%, loss %.4f%n%n",
                file,
                data,
                part.label(),
                result.images(),
                100 * result.top1(),
                100 * result.top5(),
                result.loss());
        Table table = new Table("CLASS", "PRECISION", "RECALL", "F1", "IMAGES");
        result.perClass()
                .forEach(c -> table.row(c.name(), c.precision(), c.recall(), c.f1(), c.support()));
        table.print(out);
    }
}
