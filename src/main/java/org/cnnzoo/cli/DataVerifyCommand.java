package org.cnnzoo.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.cnnzoo.console.PredictionProgress;
import org.cnnzoo.console.Table;
import org.cnnzoo.console.Terminal;
import org.cnnzoo.data.Dataset;
import org.cnnzoo.data.DatasetAudit;
import org.cnnzoo.data.Datasets;
import org.cnnzoo.data.Split;
import org.cnnzoo.data.SplitAudit;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.recipe.Home;
import org.cnnzoo.report.DataPage;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cnn data verify}: looks at every image of a data set. */
@Command(
        name = "verify",
        sortOptions = false,
        description = {
            "What is broken, doubled or left out in a data set.",
            "Decodes every image; also how classes, sizes and channels are. Exit code 1 if an image"
                    + " can't be decoded or is in two splits."
        },
        footer = {"", "Example:", "  cnn data verify photos/ --html photos.html --format json"})
final class DataVerifyCommand implements Callable<Integer> {
    private static final int SHOWN = 10;

    @Parameters(
            arity = "0..1",
            paramLabel = "DATA",
            description = "A name of 'cnn data list', a folder of images by class, or a CSV file.")
    private @Nullable String data;

    @Option(names = "--data", paramLabel = "DATA", description = "The same as a flag.")
    private @Nullable String flag;

    @Option(
            names = {"--data-path", "--data-dir"},
            paramLabel = "FOLDER",
            description = "Where a known data set's files are.")
    private @Nullable Path dataPath;

    @Mixin private ValSplitOptions valSplit = new ValSplitOptions();

    @Option(names = "--html", paramLabel = "FILE", description = "Also write a page.")
    private @Nullable Path html;

    @Option(
            names = "--format",
            paramLabel = "table|json",
            description = "How to print (default: ${DEFAULT-VALUE}).")
    private Format format = Format.TABLE;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (data != null && flag != null) {
            throw new BadInput("DATA and --data say the same; give one of them");
        }
        String name = data != null ? data : flag != null ? flag : "fashion-mnist";
        Dataset dataset =
                Datasets.open(name, Home.path(), Optional.ofNullable(dataPath), valSplit.split());
        if (html != null) {
            OutputFile.check("--html", html, dataset.list().stream().toList());
        }
        CommandSpec command = Objects.requireNonNull(spec);
        int images = 0;
        for (Split split : Split.values()) {
            images += dataset.split(split).size();
        }
        DatasetAudit audit;
        try (PredictionProgress progress =
                new PredictionProgress(
                        command.commandLine().getErr(), Terminal.onStderr(), "verify", images)) {
            audit = DatasetAudit.of(dataset, progress);
        }
        PrintWriter out = command.commandLine().getOut();
        if (format == Format.JSON) {
            Json.print(json(dataset, audit), out);
        } else {
            print(audit, out);
        }
        out.flush();
        if (html != null) {
            OutputFile.write(html, DataPage.html(dataset.name(), audit));
        }
        return audit.isWrong() ? 1 : 0;
    }

    private static Map<String, Object> json(Dataset dataset, DatasetAudit audit) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("data", dataset.name());
        facts.put("wrong", audit.isWrong());
        List<Object> splits = new ArrayList<>();
        for (SplitAudit split : audit.splits()) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("split", split.split().label());
            row.put("images", split.images());
            Map<String, Integer> classes = new LinkedHashMap<>();
            split.perClass().forEach(c -> classes.put(c.name(), c.images()));
            row.put("classes", classes);
            row.put("imbalance", split.imbalance());
            row.put("sizes", split.sizes());
            row.put("mean", split.mean());
            row.put("std", split.std());
            row.put(
                    "broken",
                    split.broken().stream()
                            .map(b -> Map.of("file", b.image(), "error", b.reason()))
                            .toList());
            row.put("duplicates", split.repeated());
            splits.add(row);
        }
        facts.put("splits", splits);
        facts.put(
                "across_splits", audit.shared().stream().map(DatasetAudit.Shared::images).toList());
        facts.put(
                "left_out",
                audit.leftOut().stream()
                        .map(left -> Map.of("file", left.file(), "reason", left.reason()))
                        .toList());
        return facts;
    }

    private static void print(DatasetAudit audit, PrintWriter out) {
        Table table =
                new Table(
                        "SPLIT", "IMAGES", "BROKEN", "TWICE", "IMBALANCE", "SIZES", "MEAN", "STD");
        for (SplitAudit split : audit.splits()) {
            table.row(
                    split.split().label(),
                    split.images(),
                    split.broken().size(),
                    split.repeated().stream().mapToInt(group -> group.size() - 1).sum(),
                    split.imbalance(),
                    split.sizes().size() == 1
                            ? split.sizes().firstKey()
                            : split.sizes().size() + " sizes",
                    moments(split.mean()),
                    moments(split.std()));
        }
        table.print(out);
        for (SplitAudit split : audit.splits()) {
            String label = split.split().label();
            some(
                    out,
                    label + ": broken",
                    split.broken().stream().map(b -> b.image() + ": " + b.reason()).toList());
            some(
                    out,
                    label + ": the same",
                    split.repeated().stream().map(group -> String.join(" = ", group)).toList());
            List<String> empty =
                    split.perClass().stream()
                            .filter(c -> c.images() == 0)
                            .map(SplitAudit.ClassCount::name)
                            .toList();
            some(out, label + ": no image of", empty);
        }
        some(
                out,
                "in more than one split",
                audit.shared().stream().map(DataVerifyCommand::inSplits).toList());
        some(
                out,
                "files that are left out",
                audit.leftOut().stream().map(l -> l.file() + ": " + l.reason()).toList());
    }

    private static String inSplits(DatasetAudit.Shared shared) {
        return shared.images().entrySet().stream()
                .map(image -> image.getKey() + ": " + image.getValue())
                .collect(Collectors.joining(" = "));
    }

    private static void some(PrintWriter out, String heading, List<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        out.printf(Locale.ROOT, "%n%s (%,d)%n", heading, lines.size());
        lines.stream().limit(SHOWN).forEach(line -> out.println("  " + line));
        if (lines.size() > SHOWN) {
            out.printf(
                    Locale.ROOT, "  and %,d more; --format json has all%n", lines.size() - SHOWN);
        }
    }

    private static String moments(List<Double> values) {
        return String.join(
                " ", values.stream().map(v -> String.format(Locale.ROOT, "%.4f", v)).toList());
    }
}
