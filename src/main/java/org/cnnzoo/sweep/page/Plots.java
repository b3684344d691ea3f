package org.cnnzoo.sweep.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The kinds of drawings on the page. */
final class Plots {
    private static final int WIDTH = 380;
    private static final int HEIGHT = 250;
    private static final int LEFT = 58;
    private static final int RIGHT = 14;
    private static final int TOP = 12;
    private static final int BOTTOM = 40;

    private Plots() {}

    /**
     * A trial in a drawing.
     *
     * @param hue 0 the worst to 1 the best
     * @param whole whether it was trained to its end
     * @param tip shown under a pointer
     */
    record Mark(Object x, double y, double hue, boolean whole, String tip) {}

    /** A line of a drawing: a trial's epochs. */
    record Curve(List<Mark> marks, double hue, String tip) {}

    /** Dots; those that were stopped early are hollow. */
    static String scatter(Axis x, Axis y, List<Mark> marks) {
        Svg svg = frame(x, y);
        marks.forEach(m -> dot(svg, x, y, m));
        return svg.end();
    }

    /**
     * Dots, with a line through those that no other beats in both.
     *
     * @param maximize whether more of y is better; less of x always is
     */
    static String front(Axis x, Axis y, List<Mark> marks, boolean maximize) {
        Svg svg = frame(x, y);
        StringBuilder line = new StringBuilder();
        double before = Double.NaN;
        for (Mark mark : best(marks, maximize)) {
            double px = px(x.scale().at(mark.x()));
            double py = py(y.scale().at(mark.y()));
            if (!Double.isNaN(before)) {
                line.append(Svg.point(px, before)); // a staircase: nothing between was measured
            }
            line.append(Svg.point(px, py));
            before = py;
        }
        svg.path("front", line.toString(), 1, "Pareto front");
        marks.forEach(m -> dot(svg, x, y, m));
        return svg.end();
    }

    /** The marks that none with as little x is better than, by rising x. */
    static List<Mark> best(List<Mark> marks, boolean maximize) {
        double sign = maximize ? -1 : 1;
        List<Mark> sorted = new ArrayList<>(marks);
        sorted.sort(
                Comparator.comparingDouble((Mark m) -> ((Number) m.x()).doubleValue())
                        .thenComparingDouble(m -> sign * m.y()));
        List<Mark> front = new ArrayList<>();
        for (Mark mark : sorted) {
            if (front.isEmpty() || sign * mark.y() < sign * front.get(front.size() - 1).y()) {
                front.add(mark);
            }
        }
        return front;
    }

    static String curves(Axis x, Axis y, List<Curve> curves) {
        Svg svg = frame(x, y);
        for (Curve curve : curves) {
            StringBuilder points = new StringBuilder();
            for (Mark mark : curve.marks()) {
                points.append(Svg.point(px(x.scale().at(mark.x())), py(y.scale().at(mark.y()))));
            }
            svg.path("curve", points.toString(), curve.hue(), curve.tip());
            if (curve.marks().size() == 1) { // a line alone would not show
                dot(svg, x, y, curve.marks().get(0));
            }
        }
        return svg.end();
    }

    /** A line a trial across one axis for each parameter and the metric. */
    static String parallel(List<Axis> axes, List<Curve> trials) {
        int gap = 120;
        int width = gap * (axes.size() - 1) + 140;
        Svg svg = new Svg(width, HEIGHT + 20, "Parallel coordinates");
        for (Curve trial : trials) {
            StringBuilder points = new StringBuilder();
            for (int i = 0; i < axes.size(); i++) {
                double place = axes.get(i).scale().at(trial.marks().get(i).x());
                // A parameter that a trial doesn't have: below the axis
                points.append(
                        Svg.point(60 + gap * i, Double.isNaN(place) ? HEIGHT - 20 : py(place)));
            }
            svg.path("curve", points.toString(), trial.hue(), trial.tip());
        }
        for (int i = 0; i < axes.size(); i++) {
            double x = 60 + gap * i;
            svg.line("axis", x, py(0), x, py(1));
            for (Axis.Tick tick : axes.get(i).ticks()) {
                svg.line("axis", x - 3, py(tick.at()), x, py(tick.at()));
                svg.text("end", x - 5, py(tick.at()) + 4, tick.label());
            }
            svg.text("middle", x, HEIGHT + 8, axes.get(i).title());
        }
        return svg.end()
                .replace("<svg ", "<svg style=\"min-width:%dpx\" ".formatted(width * 3 / 4));
    }

    /** A bar for each share, 0..1. */
    static String bars(Map<String, Double> shares) {
        int row = 26;
        Svg svg = new Svg(WIDTH, row * shares.size() + 8, "Parameter importance");
        int y = 4;
        for (Map.Entry<String, Double> share : shares.entrySet()) {
            double length = share.getValue() * (WIDTH - 210);
            svg.text("end", 150, y + 16, share.getKey());
            svg.bar(158, y + 4, Math.max(1, length), row - 10);
            svg.text(
                    "start",
                    164 + Math.max(1, length),
                    y + 16,
                    Math.round(100 * share.getValue()) + " %");
            y += row;
        }
        return svg.end();
    }

    private static Svg frame(Axis x, Axis y) {
        Svg svg = new Svg(WIDTH, HEIGHT, y.title() + " against " + x.title());
        for (Axis.Tick tick : y.ticks()) {
            svg.line("grid", LEFT, py(tick.at()), WIDTH - RIGHT, py(tick.at()));
            svg.text("end", LEFT - 6, py(tick.at()) + 4, tick.label());
        }
        for (Axis.Tick tick : x.ticks()) {
            svg.line("axis", px(tick.at()), py(0), px(tick.at()), py(0) + 4);
            String anchor = tick.at() > 0.95 ? "end" : "middle";
            svg.text(anchor, px(tick.at()), py(0) + 17, tick.label());
        }
        svg.line("axis", LEFT, py(0), WIDTH - RIGHT, py(0));
        svg.text("middle", (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 6, x.title());
        return svg;
    }

    private static void dot(Svg svg, Axis x, Axis y, Mark mark) {
        double place = x.scale().at(mark.x());
        if (!Double.isNaN(place)) {
            svg.dot(
                    mark.whole() ? "dot" : "dot hollow",
                    px(place),
                    py(y.scale().at(mark.y())),
                    mark.hue(),
                    mark.tip());
        }
    }

    private static double px(double place) {
        return LEFT + 8 + place * (WIDTH - LEFT - RIGHT - 16);
    }

    private static double py(double place) {
        return HEIGHT - BOTTOM - place * (HEIGHT - TOP - BOTTOM);
    }
}
