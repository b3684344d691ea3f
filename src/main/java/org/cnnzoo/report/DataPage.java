package org.cnnzoo.report;

import java.util.ArrayList;
import java.util.List;
import org.cnnzoo.data.DatasetAudit;
import org.cnnzoo.data.SplitAudit;

/** What {@code cnn data verify} found, as a self-contained HTML page. */
public final class DataPage {
    private static final int MOST = 200;

    private DataPage() {}

    /**
     * The page.
     *
     * @param name of the data set
     */
    public static String html(String name, DatasetAudit audit) {
        List<String> sections = new ArrayList<>();
        sections.add(Html.section("Splits", splits(audit)));
        sections.add(Html.section("Classes", classes(audit)));
        sections.add(
                Html.section(
                        "In more than one split",
                        rows(
                                List.of("images"),
                                audit.shared().stream()
                                        .map(
                                                shared ->
                                                        List.of(
                                                                String.join(
                                                                        ", ",
                                                                        shared.images().values())))
                                        .toList())));
        sections.add(
                Html.section(
                        "Files that are left out",
                        rows(
                                List.of("file", "why"),
                                audit.leftOut().stream()
                                        .map(left -> List.of(left.file(), left.reason()))
                                        .toList())));
        for (SplitAudit split : audit.splits()) {
            sections.add(
                    Html.section(
                            "Broken, " + split.split().label(),
                            rows(
                                    List.of("image", "why"),
                                    split.broken().stream()
                                            .map(b -> List.of(b.image(), b.reason()))
                                            .toList())));
            sections.add(
                    Html.section(
                            "The same twice, " + split.split().label(),
                            rows(
                                    List.of("images"),
                                    split.repeated().stream()
                                            .map(names -> List.of(String.join(", ", names)))
                                            .toList())));
            sections.add(
                    Html.section(
                            "Sizes, " + split.split().label(),
                            rows(
                                    List.of("size", "images"),
                                    split.sizes().entrySet().stream()
                                            .map(
                                                    e ->
                                                            List.of(
                                                                    e.getKey(),
                                                                    Html.number(
                                                                            "%,d", e.getValue())))
                                            .toList())));
        }
        sections.removeIf(String::isEmpty);
        return Html.page(name, sections);
    }

    private static String splits(DatasetAudit audit) {
        List<List<String>> rows = new ArrayList<>();
        for (SplitAudit split : audit.splits()) {
            rows.add(
                    List.of(
                            split.split().label(),
                            Html.number("%,d", split.images()),
                            Html.number("%,d", split.broken().size()),
                            Html.number("%,d", split.repeated().size()),
                            Html.number("%.2f", split.imbalance()),
                            moments(split.mean()),
                            moments(split.std())));
        }
        return Html.table(
                        "",
                        List.of(
                                "split",
                                "images",
                                "broken",
                                "groups of the same",
                                "largest class over smallest",
                                "mean",
                                "deviation"),
                        rows)
                + Html.paragraph("Mean and deviation are of all pixels, 0 to 1.");
    }

    private static String moments(List<Double> values) {
        return String.join(" ", values.stream().map(v -> Html.number("%.4f", v)).toList());
    }

    private static String classes(DatasetAudit audit) {
        List<String> headings = new ArrayList<>(List.of("class"));
        audit.splits().forEach(split -> headings.add(split.split().label()));
        List<List<String>> rows = new ArrayList<>();
        int count = audit.splits().isEmpty() ? 0 : audit.splits().get(0).perClass().size();
        for (int c = 0; c < count; c++) {
            List<String> row = new ArrayList<>();
            row.add(Html.text(audit.splits().get(0).perClass().get(c).name()));
            for (SplitAudit split : audit.splits()) {
                row.add(Html.number("%,d", split.perClass().get(c).images()));
            }
            rows.add(row);
        }
        return Html.table("", headings, rows);
    }

    /** A table of texts, cut off where it would be too long; nothing if there are none. */
    private static String rows(List<String> headings, List<List<String>> texts) {
        if (texts.isEmpty()) {
            return "";
        }
        List<List<String>> rows =
                texts.stream()
                        .limit(MOST)
                        .map(row -> row.stream().map(Html::text).toList())
                        .toList();
        String rest =
                texts.size() > MOST
                        ? Html.paragraph("and %,d more".formatted(texts.size() - MOST))
                        : "";
        return Html.table("", headings, rows) + rest;
    }
}
