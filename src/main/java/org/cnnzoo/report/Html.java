package org.cnnzoo.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Pieces of HTML. What is text becomes HTML here and nowhere else. */
public final class Html {
    private Html() {}

    /** Text for elements and for attributes in double quotes. */
    public static String text(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** A number as {@link String#format} writes it, with a point whatever the language. */
    static String number(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /** {@code 91.02 %} for 0.9102. */
    static String percent(double share) {
        return number("%.2f %%", 100 * share);
    }

    /** A whole page; nothing in it is loaded from anywhere. */
    static String page(String title, List<String> sections) {
        return """
               <!doctype html>
               <html lang="en">
               <head>
               <meta charset="utf-8">
               <meta name="viewport" content="width=device-width, initial-scale=1">
               <meta name="color-scheme" content="light dark">
               <title>%s</title>
               <style>
               %s</style>
               </head>
               <body>
               <h1>%s</h1>
               %s
               </body>
               </html>
               """
                .formatted(text(title), PageStyle.CSS, text(title), String.join("\n", sections));
    }

    /** A section under a heading; nothing if its content is empty. */
    static String section(String heading, String... content) {
        String joined = String.join("\n", content).strip();
        return joined.isEmpty()
                ? ""
                : "<section>\n<h2>%s</h2>\n%s\n</section>".formatted(text(heading), joined);
    }

    /** A paragraph of text. */
    static String paragraph(String text) {
        return "<p>" + text(text) + "</p>";
    }

    /**
     * A table that scrolls by itself where the page is narrow.
     *
     * @param style class of the box around it
     * @param headings as text
     * @param rows cells as HTML; the first of each row is its heading
     */
    static String table(String style, List<String> headings, List<List<String>> rows) {
        return tableOf(
                style, headings, rows.stream().map(Html::row).collect(Collectors.joining("\n")));
    }

    /** The same with its rows as HTML. */
    static String tableOf(String style, List<String> headings, String body) {
        String head =
                headings.stream()
                        .map(heading -> "<th scope=\"col\">" + text(heading) + "</th>")
                        .collect(Collectors.joining());
        return "<div class=\"scroll %s\"><table>\n%s<tbody>\n%s\n</tbody>\n</table></div>"
                .formatted(
                        style,
                        headings.isEmpty() ? "" : "<thead><tr>" + head + "</tr></thead>\n",
                        body);
    }

    private static String row(List<String> cells) {
        return "<tr><th scope=\"row\">"
                + cells.get(0)
                + "</th>"
                + cells.stream()
                        .skip(1)
                        .map(cell -> "<td>" + cell + "</td>")
                        .collect(Collectors.joining())
                + "</tr>";
    }

    /** A picture, in the page itself. */
    static String image(byte[] png, String alternative, String style) {
        return "<img class=\"%s\" alt=\"%s\" src=\"%s\">"
                .formatted(style, text(alternative), Png.dataUri(png));
    }
}
