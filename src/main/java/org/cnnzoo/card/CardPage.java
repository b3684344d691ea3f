package org.cnnzoo.card;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The Markdown of {@code docs/models.md}: families in order of their years. */
final class CardPage {
    private static final String TOP =
            """
<!-- Written by scripts/model-cards from configs/models/*.yaml and \
configs/models/cards/*.md: edit those. -->
# Models

Each model of the zoo at the defaults of its file: where it comes from, what copies of it
get wrong, how it is trained here, and a drawing. Parameters are trainable ones, those of
auxiliary heads included; multiply-adds are of convolutions and dense layers, for one
image in inference; activations are what training keeps of one image's forward pass, in 32-bit
numbers. `./cnn info MODEL` shows each layer, `./cnn info MODEL --diagram svg` draws it
with whatever `--set` changes.

""";

    private final Map<Family, List<Model>> families;
    private final CardText cards;

    /**
     * @param families in the order of the page
     */
    CardPage(Map<Family, List<Model>> families, CardText cards) {
        this.families = families;
        this.cards = cards;
    }

    String text() {
        List<String> parts = new ArrayList<>();
        parts.add(TOP + contents());
        families.forEach((family, models) -> parts.add(section(family, models)));
        return String.join("\n", parts);
    }

    private String contents() {
        StringBuilder table = new StringBuilder("| family | models |\n|---|---|\n");
        families.forEach(
                (family, models) ->
                        table.append("| ")
                                .append(link(family.title()))
                                .append(" | ")
                                .append(
                                        models.stream()
                                                .map(model -> link(model.name()))
                                                .collect(Collectors.joining(", ")))
                                .append(" |\n"));
        return table.toString();
    }

    /** A link to a heading, as GitHub and GitLab name them. */
    private static String link(String heading) {
        String anchor = heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_ -]", "");
        return "[" + heading + "](#" + anchor.replace(' ', '-') + ")";
    }

    private String section(Family family, List<Model> models) {
        List<String> parts = new ArrayList<>();
        parts.add("## " + family.title() + "\n");
        if (models.size() > 1) {
            parts.add(variants(models));
        }
        // the family's own headings are one level deeper here, and no entries of the contents
        parts.add(family.prose().replaceAll("(?m)^## (.*)$", "**$1**\n") + "\n");
        boolean first = true;
        for (Model model : models) {
            parts.add(cards.of(model, first));
            first = false;
        }
        return String.join("\n", parts);
    }

    private static String variants(List<Model> models) {
        StringBuilder table =
                new StringBuilder(
                        """
                        | model | parameters | MACs | activations | input | |
                        |---|--:|--:|--:|---|---|
                        """);
        for (Model model : models) {
            List<String> cells =
                    List.of(
                            link(model.name()),
                            CardText.count(model.network().parameters()),
                            CardText.count(model.network().macs()),
                            CardText.activations(model),
                            model.input(),
                            model.architecture().description());
            table.append("| ").append(String.join(" | ", cells)).append(" |\n");
        }
        return table.toString();
    }
}
