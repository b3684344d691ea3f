package org.cnnzoo.sweep.page;

import java.util.Locale;
import org.cnnzoo.report.Html;

/** An inline SVG that is written from its parts; colours are the page's, by class. */
final class Svg {
    private final StringBuilder text = new StringBuilder();

    /**
     * @param label what a screen reader says
     */
    Svg(int width, int height, String label) {
        text.append(
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n"
                        .formatted(width, height, Html.text(label)));
    }

    Svg line(String css, double x1, double y1, double x2, double y2) {
        return add(
                "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n",
                css, x1, y1, x2, y2);
    }

    /**
     * @param points {@code x,y x,y ...}
     * @param hue 0 the worst to 1 the best
     */
    Svg path(String css, String points, double hue, String tip) {
        return add(
                "<polyline class=\"%s\" style=\"--q:%.3f\" points=\"%s\"><title>%s</title>"
                        + "</polyline>\n",
                css, hue, points, Html.text(tip));
    }

    Svg dot(String css, double x, double y, double hue, String tip) {
        return add(
                "<circle class=\"%s\" style=\"--q:%.3f\" cx=\"%.1f\" cy=\"%.1f\" r=\"4\"><title>%s"
                        + "</title></circle>\n",
                css, hue, x, y, Html.text(tip));
    }

    Svg bar(double x, double y, double width, double height) {
        return add(
                "<rect class=\"bar\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>\n",
                x, y, width, height);
    }

    /**
     * @param anchor {@code start}, {@code middle} or {@code end}
     */
    Svg text(String anchor, double x, double y, String words) {
        return add(
                "<text text-anchor=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>\n",
                anchor, x, y, Html.text(words));
    }

    String end() {
        return text + "</svg>\n";
    }

    static String point(double x, double y) {
        return String.format(Locale.ROOT, "%.1f,%.1f ", x, y);
    }

    private Svg add(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values));
        return this;
    }
}
