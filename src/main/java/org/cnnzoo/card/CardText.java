package org.cnnzoo.card;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.cnnzoo.network.Memory;
import org.cnnzoo.recipe.Recipe;
import org.cnnzoo.recipe.Recipes;

/** The Markdown of one model's card. */
final class CardText {
    private static final String PAPERS = "papers/";
    private static final String FASHION_MNIST = "fashion-mnist/";
    private static final double MEGABYTE = 1 << 20;

    private final Recipes recipes;

    /**
     * @param recipes where the papers' ones are looked for
     */
    CardText(Recipes recipes) {
        this.recipes = recipes;
    }

    /**
     * The card.
     *
     * @param open whether the drawing is shown at once
     */
    String of(Model model, boolean open) {
        List<String> lines = new ArrayList<>();
        lines.add("### " + model.name());
        lines.add("");
        if (!model.architecture().description().isEmpty()) {
            lines.add(model.architecture().description() + ".");
            lines.add("");
        }
        lines.add("| | |");
        lines.add("|---|---|");
        row(lines, "file", file(model.name()) + base(model));
        row(lines, "paper", model.architecture().paper());
        row(lines, "also called", String.join(", ", model.architecture().aliases()));
        row(
                lines,
                "input",
                model.input() + "; at least " + model.architecture().input().minimum() + " px");
        row(lines, "trainable parameters", count(model.network().parameters()));
        row(lines, "multiply-adds (MACs)", count(model.network().macs()));
        row(lines, "activations of one image", activations(model));
        row(lines, "`--set params.`", parameters(model));
        row(lines, "its own recipe", ownRecipe(model));
        row(lines, "the paper's recipe", recipes(model, PAPERS));
        row(lines, "for [Fashion-MNIST](results.md)", recipes(model, FASHION_MNIST));
        lines.add("");
        lines.add("    ./cnn train --model " + model.name());
        lines.add("");
        lines.add(open ? "<details open>" : "<details>");
        lines.add("<summary>Diagram</summary>");
        lines.add("");
        lines.add("![The layers of %1$s](images/models/%1$s.svg)".formatted(model.name()));
        lines.add("");
        lines.add("</details>");
        return String.join("\n", lines) + "\n";
    }

    private static String file(String name) {
        return "[%1$s.yaml](../configs/models/%1$s.yaml)".formatted(name);
    }

    private static String base(Model model) {
        return model.base() ? "" : ", a variant of " + file(model.family());
    }

    private static void row(List<String> lines, String key, String value) {
        if (!value.isEmpty()) {
            lines.add("| " + key + " | " + value.replace("|", "\\|") + " |");
        }
    }

    /** With thousands separators. */
    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** Every layer's output for one image, in 32-bit numbers. */
    static String activations(Model model) {
        double bytes = Memory.of(model.network(), 1).activations();
        return String.format(
                Locale.ROOT, bytes < MEGABYTE ? "%.2f MB" : "%.1f MB", bytes / MEGABYTE);
    }

    private static String parameters(Model model) {
        return model.architecture().parameters().entrySet().stream()
                .map(parameter -> "`" + parameter.getKey() + "=" + parameter.getValue() + "`")
                .collect(Collectors.joining(" "));
    }

    private static String ownRecipe(Model model) {
        return model.architecture().recipe().map(Recipe::ofModel).stream()
                .flatMap(recipe -> recipe.values().values().stream())
                .map(given -> given.setting().flag() + " " + given.setting().yaml(given.value()))
                .map(flag -> "`" + flag + "`")
                .collect(Collectors.joining(" "));
    }

    private String recipes(Model model, String folder) {
        return recipes.names().stream()
                .filter(name -> name.startsWith(folder))
                .filter(name -> recipes.read(name).isFor(model.name()))
                .map(name -> "`--recipe " + name + "`")
                .collect(Collectors.joining(" "));
    }
}
