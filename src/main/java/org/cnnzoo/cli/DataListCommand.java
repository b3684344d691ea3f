package org.cnnzoo.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.cnnzoo.data.Datasets;
import org.cnnzoo.data.KnownDataset;
import org.cnnzoo.data.Split;
import org.cnnzoo.recipe.Home;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cnn data list}: the data sets that have a name, present or not. */
@Command(
        name = "list",
        description = "The data sets known by name, and where to get those that are not here.",
        footer = {"", "Example:", "  cnn data list --format json"})
final class DataListCommand implements Callable<Integer> {
    @Option(
            names = "--format",
            paramLabel = "table|json",
            description = "How to print (default: ${DEFAULT-VALUE}).")
    private Format format = Format.TABLE;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        Path home = Home.path();
        List<KnownDataset> known = Datasets.known(home);
        PrintWriter out = spec.commandLine().getOut();
        out.println(format == Format.JSON ? json(known, home) : table(known, home));
        out.flush();
        return 0;
    }

    private static String json(List<KnownDataset> known, Path home) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (KnownDataset data : known) {
            Map<String, Object> splits = new LinkedHashMap<>();
            for (Split split : Split.values()) {
                splits.put(split.label(), data.splits().get(split));
            }
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("name", data.name());
            row.put("description", data.description());
            row.put("format", data.format().name().toLowerCase(Locale.ROOT));
            row.put("shape", data.shape());
            row.put("classes", data.classes().size());
            row.put("images", data.images());
            row.put("splits", splits);
            row.put("license", data.license());
            row.put("source", data.source());
            row.put("path", home.resolve(data.path()).toString());
            row.put("present", absent(data, home).isEmpty());
            row.put("obtain", data.obtain());
            rows.add(row);
        }
        return Json.text(rows);
    }

    private static String table(List<KnownDataset> known, Path home) {
        List<String> lines = new ArrayList<>();
        String row = "%-16s %-9s %-9s %8s %8s  %s";
        lines.add(row.formatted("NAME", "FORMAT", "SHAPE", "CLASSES", "IMAGES", "HERE"));
        for (KnownDataset data : known) {
            boolean here = absent(data, home).isEmpty();
            lines.add(
                    row.formatted(
                            data.name(),
                            data.format().name().toLowerCase(Locale.ROOT),
                            String.join("x", data.shape().stream().map(String::valueOf).toList()),
                            data.classes().size(),
                            data.images(),
                            here ? "yes, " + data.path() : "no: " + data.source()));
        }
        lines.add("");
        lines.add(
                "Also a folder: --data FOLDER with train/CLASS/*, and val/ and test/ if there"
                        + " are; or a CSV file of path,label.");
        return String.join(System.lineSeparator(), lines);
    }

    private static Optional<Path> absent(KnownDataset data, Path home) {
        return data.missing(home.resolve(data.path()));
    }
}
