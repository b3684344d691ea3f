package org.cnnzoo.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.cnnzoo.card.ModelCards;
import org.cnnzoo.console.Table;
import org.cnnzoo.diagram.Diagram;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.network.Alignment;
import org.cnnzoo.network.Memory;
import org.cnnzoo.network.Network;
import org.cnnzoo.network.NetworkBuilder;
import org.cnnzoo.network.Node;
import org.cnnzoo.recipe.Home;
import org.cnnzoo.spec.Architecture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cnn info}: what each layer of a network puts out, holds and costs. */
@Command(
        name = "info",
        footer = {
            "",
            "Examples:",
            "  cnn info alexnet",
            "  cnn info mobilenet_v2 --set params.width=0.5 --input-size 160 --format json",
            "  cnn info resnet50 --diagram svg --output resnet50.svg",
            "  cnn info resnet50 --compare resnet50 --compare-set params.stride_in=conv1"
        })
final class InfoCommand implements Callable<Integer> {
    @Mixin private ModelOptions options = new ModelOptions();

    @Option(
            names = {"-b", "--batch-size"},
            paramLabel = "N",
            description = "Images that memory is counted for (default: ${DEFAULT-VALUE}).")
    private int batchSize = 1;

    @Option(
            names = "--format",
            paramLabel = "table|json|csv",
            description = "How to print; csv has a line for each layer (default: table).")
    private @Nullable LayerFormat format;

    @Option(
            names = "--diagram",
            paramLabel = "svg|html",
            description = "Draw the network as blocks; html has the layers in a table below.")
    private @Nullable DiagramFormat diagram;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Where the diagram goes (default: stdout).")
    private @Nullable Path output;

    @Option(
            names = "--compare",
            paramLabel = "B",
            description =
                    "Another model, to be shown beside the first; only --batch-size is for both.")
    private @Nullable String compare;

    @Option(
            names = "--compare-set",
            paramLabel = "PATH=VALUE",
            description =
                    "As --set, for the other model; its input is input.shape=[3,160,160]. May be"
                            + " repeated.")
    private List<String> compareSet = new ArrayList<>();

    @Option(
            names = "--cards",
            paramLabel = "FOLDER",
            description =
                    "Write models.md and images/models, with a card for every model, into this"
                            + " folder; alone.")
    private @Nullable Path cards;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        CommandLine command = Objects.requireNonNull(spec).commandLine();
        PrintWriter out = command.getOut();
        InfoFlags.check(command.getParseResult());
        if (batchSize < 1) {
            throw new BadInput("--batch-size is " + batchSize + "; it must be at least 1");
        }
        if (cards != null) {
            ModelCards.of(Home.path().resolve("configs")).writeTo(cards);
            return 0;
        }
        if (output != null) {
            OutputFile.check("--output", output, List.of(options.file()));
        }
        Architecture architecture = options.load(options.values());
        Network network = NetworkBuilder.build(architecture);
        if (diagram != null) {
            draw(diagram, network, out);
        } else if (compare != null) {
            Architecture other = NetworkChoice.of(compare, compareSet).load(Home.zoo());
            Network otherNetwork = NetworkBuilder.build(other);
            Comparison comparison =
                    new Comparison(
                            facts(architecture, network),
                            facts(other, otherNetwork),
                            Alignment.of(network.nodes(), otherNetwork.nodes()));
            if (format == LayerFormat.JSON) {
                Json.print(comparison.facts(this::layer), out);
            } else {
                comparison.print(out);
            }
        } else if (format == LayerFormat.JSON) {
            Json.print(facts(architecture, network), out);
        } else if (format == LayerFormat.CSV) {
            LayerCsv.print(network.nodes().stream().map(this::layer).toList(), out);
        } else {
            table(architecture, network, out);
        }
        return 0;
    }

    private void draw(DiagramFormat form, Network network, PrintWriter out) {
        String text = form == DiagramFormat.SVG ? Diagram.svg(network) : Diagram.html(network);
        if (output == null) {
            out.print(text);
            out.flush();
        } else {
            OutputFile.write(output, text);
        }
    }

    private Map<String, Object> facts(Architecture architecture, Network network) {
        Memory memory = Memory.of(network, batchSize);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("model", architecture.name());
        facts.put("input", network.input().sizes());
        facts.put("classes", network.classes());
        facts.put("trainable_params", network.parameters());
        facts.put("non_trainable_params", network.nonTrainable());
        facts.put("macs", network.macs());
        facts.put("flops", 2 * network.macs());
        facts.put("layers", network.nodes().stream().map(this::layer).toList());
        Map<String, Object> bytes = new LinkedHashMap<>();
        bytes.put("parameters", memory.parameters());
        bytes.put("gradients", memory.gradients());
        bytes.put("updater", memory.updater());
        bytes.put("activations", memory.activations());
        bytes.put("workspace", memory.workspace());
        bytes.put("total", memory.total());
        facts.put("memory", bytes);
        return facts;
    }

    private Map<String, Object> layer(Node node) {
        Map<String, Object> layer = new LinkedHashMap<>();
        layer.put("name", node.name());
        layer.put("type", node.operation().type());
        layer.put("output", node.output().sizes());
        layer.put("params", node.parameters());
        layer.put("macs", node.macs());
        layer.put("activation_bytes", Memory.activations(node, batchSize));
        return layer;
    }

    /** The table of papers and lectures: output size, memory, parameters, operations. */
    private void table(Architecture architecture, Network network, PrintWriter out) {
        out.println(architecture.name() + ": " + architecture.description());
        if (!architecture.paper().isEmpty()) {
            out.println(architecture.paper());
        }
        out.println();
        Table table =
                new Table("layer", "type", "settings", "output", "memory KB", "params K", "MFLOP");
        table.row(
                Network.INPUT,
                "",
                "",
                network.input(),
                thousands(4L * batchSize * network.input().elements(), 1024),
                "",
                "");
        for (Node node : network.nodes()) {
            table.row(
                    node.name(),
                    node.operation().type(),
                    node.operation().details(),
                    node.output(),
                    thousands(Memory.activations(node, batchSize), 1024),
                    thousands(node.parameters(), 1000),
                    thousands(2 * node.macs(), 1_000_000));
        }
        table.print(out);
        out.println();
        totals(network, out);
    }

    private void totals(Network network, PrintWriter out) {
        Memory memory = Memory.of(network, batchSize);
        Table totals = new Table("total", "");
        totals.row("trainable parameters", network.parameters());
        totals.row("running statistics", network.nonTrainable());
        totals.row("multiply-adds (MACs)", network.macs());
        totals.row("FLOPs (2 x MACs)", 2 * network.macs());
        totals.row("training memory MB, batch " + batchSize, thousands(memory.total(), 1 << 20));
        totals.row("  parameters", thousands(memory.parameters(), 1 << 20));
        totals.row("  gradients", thousands(memory.gradients(), 1 << 20));
        totals.row("  updater (momentum)", thousands(memory.updater(), 1 << 20));
        totals.row("  activations", thousands(memory.activations(), 1 << 20));
        totals.row("  workspace", thousands(memory.workspace(), 1 << 20));
        totals.print(out);
    }

    private static String thousands(long count, long unit) {
        return String.format(Locale.ROOT, "%,.1f", (double) count / unit);
    }
}
