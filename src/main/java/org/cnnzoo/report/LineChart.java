package org.cnnzoo.report;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Lines over epochs, as SVG in the page: crisp at any size, and coloured by the page's style.
 *
 * @param title above it
 * @param quantity label of the upright axis, with its unit
 * @param series one or more
 */
record LineChart(String title, String quantity, List<Series> series) {
    private static final int WIDTH = 480;
    private static final int HEIGHT = 280;
    private static final int LEFT = 66;
    private static final int RIGHT = 12;
    private static final int TOP = 12;
    private static final int BOTTOM = 44;
    private static final int MOST_DOTS = 60;
    private static final int COLOURS = 8;
    private static final int UNDASHED = 4;

    LineChart {
        series = List.copyOf(series);
    }

    /**
     * A line.
     *
     * @param name in the legend
     * @param points in order; those that are no numbers leave a gap
     */
    record Series(String name, List<Point> points) {
        Series {
            points = List.copyOf(points);
        }
    }

    /**
     * A place.
     *
     * @param epoch from 1
     */
    record Point(double epoch, double value) {
        boolean finite() {
            return Double.isFinite(value);
        }
    }

    /** The figure, or nothing where there is no number to draw. */
    String html() {
        List<Point> all =
                series.stream().flatMap(s -> s.points().stream()).filter(Point::finite).toList();
        if (all.isEmpty()) {
            return "";
        }
        Axis x = Axis.of(least(all.stream().mapToDouble(Point::epoch)), last(all), true);
        Axis y =
                Axis.of(
                        least(all.stream().mapToDouble(Point::value)),
                        all.stream().mapToDouble(Point::value).max().orElse(1),
                        false);
        StringBuilder svg = new StringBuilder();
        svg.append(
                "<svg class=\"chart\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">\n"
                        .formatted(
                                WIDTH, HEIGHT, Html.text(title + ", " + quantity + " by epoch")));
        frame(svg, x, y);
        for (int i = 0; i < series.size(); i++) {
            line(svg, i, x, y);
        }
        svg.append("</svg>");
        return "<figure><figcaption>%s</figcaption>\n%s\n%s\n</figure>"
                .formatted(Html.text(title), legend(), svg);
    }

    private static double least(DoubleStream values) {
        return values.min().orElse(0);
    }

    private static double last(List<Point> all) {
        return all.stream().mapToDouble(Point::epoch).max().orElse(1);
    }

    private void frame(StringBuilder svg, Axis x, Axis y) {
        double bottom = HEIGHT - BOTTOM;
        for (double tick : y.ticks()) {
            double at = y.place(tick, bottom, TOP);
            svg.append(
                    Html.number(
                            "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>"
                                    + "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>\n",
                            LEFT, WIDTH - RIGHT, at, at, LEFT - 6, at + 4, y.label(tick)));
        }
        for (double tick : x.ticks()) {
            double at = x.place(tick, LEFT, WIDTH - RIGHT);
            svg.append(
                    Html.number(
                            "<line class=\"axis\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\""
                                    + " y2=\"%.1f\"/><text x=\"%.1f\" y=\"%.1f\""
                                    + " text-anchor=\"middle\">%s</text>\n",
                            at, at, bottom, bottom + 4, at, bottom + 18, x.label(tick)));
        }
        svg.append(
                Html.number(
                        "<line class=\"axis\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>"
                                + "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">epoch</text>\n"
                                + "<text transform=\"translate(13 %.1f) rotate(-90)\""
                                + " text-anchor=\"middle\">%s</text>\n",
                        LEFT,
                        WIDTH - RIGHT,
                        bottom,
                        bottom,
                        (LEFT + WIDTH - RIGHT) / 2.0,
                        HEIGHT - 6,
                        (TOP + bottom) / 2,
                        Html.text(quantity)));
    }

    private void line(StringBuilder svg, int index, Axis x, Axis y) {
        Series line = series.get(index);
        StringBuilder path = new StringBuilder();
        StringBuilder dots = new StringBuilder();
        boolean open = false;
        for (Point point : line.points()) {
            if (point.finite()) {
                double px = x.place(point.epoch(), LEFT, WIDTH - RIGHT);
                double py = y.place(point.value(), HEIGHT - BOTTOM, TOP);
                path.append(Html.number(open ? "L%.1f %.1f" : "M%.1f %.1f", px, py));
                dots.append(
                        Html.number(
                                "<circle class=\"dot\" style=\"fill:%s\" cx=\"%.1f\" cy=\"%.1f\""
                                    + " r=\"3.6\"><title>%s, epoch %.0f: %.5g</title></circle>\n",
                                colour(index),
                                px,
                                py,
                                Html.text(line.name()),
                                point.epoch(),
                                point.value()));
            }
            open = point.finite();
        }
        svg.append("<path class=\"s\" %s d=\"%s\"/>\n".formatted(stroke(index), path));
        if (line.points().size() <= MOST_DOTS) {
            svg.append(dots); // a single epoch is a dot, which a line alone would not show
        }
    }

    private String legend() {
        if (series.size() == 1) {
            return "";
        }
        return IntStream.range(0, series.size())
                .mapToObj(
                        i ->
                                "<li><svg viewBox=\"0 0 30 11\" aria-hidden=\"true\"><path class=\"s\" %s d=\"M0 5.5H30\"/></svg>%s</li>"
                                        .formatted(stroke(i), Html.text(series.get(i).name())))
                .collect(Collectors.joining("", "<ul class=\"legend\">", "</ul>"));
    }

    private static String colour(int index) {
        return "var(--c" + index % COLOURS + ")";
    }

    private static String stroke(int index) {
        String[] dashes = {"", ";stroke-dasharray:7 4", ";stroke-dasharray:2 4"};
        return "style=\"stroke:%s%s\""
                .formatted(colour(index), dashes[index / UNDASHED % dashes.length]);
    }
}
