package org.cnnzoo.report;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.cnnzoo.eval.EvalResult;

/** Which classes are taken for which. */
final class ConfusionSection {
    /** Up to this many classes there is a table; of more, a picture. */
    private static final int MOST_IN_A_TABLE = 25;

    private static final int PICTURE = 700;
    private static final int MOST_PAIRS = 10;

    private ConfusionSection() {}

    static String of(EvalResult result, List<String> classes) {
        boolean table = classes.size() <= MOST_IN_A_TABLE;
        return Html.section(
                "Confusion matrix",
                Html.paragraph(
                        "Rows are the true classes, columns the answers"
                                + (table
                                        ? "; the stronger the colour, the greater the share of the"
                                                + " row."
                                        : ", from the first class in the upper left corner; the"
                                              + " stronger the colour, the greater the share of the"
                                              + " row.")),
                table ? table(result, classes) : picture(result),
                pairs(result, classes));
    }

    private static String table(EvalResult result, List<String> classes) {
        StringBuilder body = new StringBuilder();
        for (int label = 0; label < classes.size(); label++) {
            body.append("<tr><th scope=\"row\">")
                    .append(Html.text(classes.get(label)))
                    .append("</th>");
            for (int answer = 0; answer < classes.size(); answer++) {
                body.append(cell(result, label, answer));
            }
            body.append("</tr>\n");
        }
        List<String> headings =
                Stream.concat(Stream.of("true \\ answered"), classes.stream()).toList();
        return Html.tableOf("confusion", headings, body.toString());
    }

    private static String cell(EvalResult result, int label, int answer) {
        long count = result.confusion().get(label).get(answer);
        if (count == 0) {
            return "<td class=\"zero\">0</td>";
        }
        double share = (double) count / result.perClass().get(label).support();
        double strength = label == answer ? share : Math.sqrt(share);
        return Html.number(
                "<td%s style=\"background:rgba(%s,%.2f)\">%,d</td>",
                strength > 0.5 ? " class=\"strong\"" : "",
                label == answer ? "0,98,160" : "200,80,0",
                0.05 + 0.95 * strength,
                count);
    }

    private static String picture(EvalResult result) {
        int classes = result.confusion().size();
        int zoom = Math.max(1, PICTURE / classes);
        BufferedImage picture =
                new BufferedImage(classes * zoom, classes * zoom, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < classes * zoom; y++) {
            List<Long> row = result.confusion().get(y / zoom);
            long support = Math.max(1, result.perClass().get(y / zoom).support());
            for (int x = 0; x < classes * zoom; x++) {
                double strength = Math.sqrt((double) row.get(x / zoom) / support);
                boolean right = x / zoom == y / zoom;
                picture.setRGB(x, y, shade(strength, right ? 0x0072B2 : 0xD55E00));
            }
        }
        return Html.image(Png.of(picture), "Confusion matrix", "matrix pixels");
    }

    /** Between white and a colour. */
    private static int shade(double strength, int colour) {
        int rgb = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int full = colour >> shift & 0xFF;
            rgb |= (int) Math.round(255 + (full - 255) * strength) << shift;
        }
        return rgb;
    }

    private record Pair(int label, int answer, long count) {}

    private static String pairs(EvalResult result, List<String> classes) {
        List<Pair> pairs = new ArrayList<>();
        for (int label = 0; label < classes.size(); label++) {
            for (int answer = 0; answer < classes.size(); answer++) {
                long count = result.confusion().get(label).get(answer);
                if (label != answer && count > 0) {
                    pairs.add(new Pair(label, answer, count));
                }
            }
        }
        List<List<String>> rows =
                pairs.stream()
                        .sorted(Comparator.comparingLong(Pair::count).reversed())
                        .limit(MOST_PAIRS)
                        .map(
                                pair ->
                                        List.of(
                                                Html.text(classes.get(pair.label())),
                                                Html.text(classes.get(pair.answer())),
                                                Html.number("%,d", pair.count()),
                                                Html.percent(
                                                        (double) pair.count()
                                                                / result.perClass()
                                                                        .get(pair.label())
                                                                        .support())))
                        .toList();
        return rows.isEmpty()
                ? ""
                : "<h3>Taken for one another most often</h3>\n"
                        + Html.table(
                                "", List.of("true", "answered", "images", "of the class"), rows);
    }
}
