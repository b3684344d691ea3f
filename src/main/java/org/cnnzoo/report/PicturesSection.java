package org.cnnzoo.report;

import java.util.stream.Collectors;
import org.cnnzoo.eval.LabelledAnswer;

/** What there is to look at: the surest mistakes, and the first layer. */
final class PicturesSection {
    private PicturesSection() {}

    static String mistakes(Evaluated evaluated) {
        if (evaluated.mistakes().isEmpty()) {
            return "";
        }
        String figures =
                evaluated.mistakes().stream()
                        .map(shown -> figure(evaluated, shown))
                        .collect(Collectors.joining("\n"));
        return Html.section(
                "Surest mistakes",
                Html.paragraph(
                        "Images as the network saw them, with its answer, how sure it was of it,"
                                + " and the true class. Some of the labels may be the mistake."),
                "<div class=\"pictures\">\n" + figures + "\n</div>");
    }

    private static String figure(Evaluated evaluated, Evaluated.Shown shown) {
        LabelledAnswer answer = shown.answer();
        String said = evaluated.classes().get(answer.answer());
        String truth = evaluated.classes().get(answer.label());
        return ("<figure>%s<figcaption><b>%s</b> %s<br>is %s, %s<br><small>%s</small></figcaption>"
                        + "</figure>")
                .formatted(
                        Html.image(
                                shown.png(),
                                truth + ", taken for " + said,
                                shown.pixelated() ? "pixels" : ""),
                        Html.text(said),
                        Html.number("%.1f %%", 100 * answer.confidence()),
                        Html.text(truth),
                        Html.number("%.1f %%", 100 * answer.probabilities()[answer.label()]),
                        Html.text(answer.name()));
    }

    static String filters(Evaluated evaluated) {
        return evaluated
                .filters()
                .map(
                        filters ->
                                Html.section(
                                        "First layer",
                                        Html.paragraph(
                                                "The filters of %s, %s, each scaled by its greatest weight; middle grey is 0."
                                                        .formatted(filters.layer(), size(filters))),
                                        Html.image(
                                                filters.png(),
                                                "Filters of " + filters.layer(),
                                                "filters pixels")))
                .orElse("");
    }

    private static String size(FilterPicture filters) {
        long all = filters.shape().get(0);
        return (filters.drawn() < all ? "the first %d of %d".formatted(filters.drawn(), all) : all)
                + " of "
                + filters.shape().stream()
                        .skip(1)
                        .map(String::valueOf)
                        .collect(Collectors.joining("x"));
    }
}
