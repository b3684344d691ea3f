package org.cnnzoo.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.cnnzoo.console.Table;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.errors.Nearest;
import org.cnnzoo.network.Network;
import org.cnnzoo.network.NetworkBuilder;
import org.cnnzoo.recipe.Home;
import org.cnnzoo.spec.Architecture;
import org.cnnzoo.spec.Wildcard;
import org.cnnzoo.spec.Zoo;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cnn models}: the zoo. */
@Command(
        name = "models",
        footer = {"", "Example: cnn models 'resnet*'"})
final class ModelsCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..1",
            paramLabel = "PATTERN",
            description = "Names to list; * stands for any letters, ? for one.")
    private String pattern = "*";

    @Option(
            names = "--format",
            paramLabel = "table|json",
            description = "How to print (default: ${DEFAULT-VALUE}).")
    private Format format = Format.TABLE;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Zoo zoo = Home.zoo();
        List<String> names = matching(zoo.names());
        List<Map<String, Object>> rows = names.stream().map(name -> row(zoo, name)).toList();
        if (format == Format.JSON) {
            Json.print(rows, out);
            return 0;
        }
        Table table = new Table("model", "family", "parameters", "MACs", "input", "paper");
        for (Map<String, Object> row : rows) {
            table.row(
                    row.get("name"),
                    row.get("family"),
                    row.get("parameters"),
                    row.get("macs"),
                    sizes(row.get("input")),
                    row.get("paper"));
        }
        table.print(out);
        return 0;
    }

    private static String sizes(Object input) {
        List<String> sizes = new ArrayList<>();
        for (Object size : (List<?>) input) {
            sizes.add(String.valueOf(size));
        }
        return String.join("x", sizes);
    }

    private List<String> matching(List<String> names) {
        Pattern wanted = Wildcard.pattern(pattern);
        List<String> found = names.stream().filter(n -> wanted.matcher(n).matches()).toList();
        if (found.isEmpty()) {
            throw new BadInput("no model matches '" + pattern + "'" + Nearest.hint(pattern, names));
        }
        return found;
    }

    private static Map<String, Object> row(Zoo zoo, String name) {
        Architecture architecture = zoo.load(name, List.of());
        Network network = NetworkBuilder.build(architecture);
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("name", name);
        row.put("family", architecture.family());
        row.put("parameters", network.parameters());
        row.put("macs", network.macs());
        row.put("input", network.input().sizes());
        row.put("paper", architecture.paper());
        return row;
    }
}
