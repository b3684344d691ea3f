package org.cnnzoo.diagram;

import java.util.List;
import org.cnnzoo.diagram.Mark.Point;

/** Lines as SVG's path data: corners rounded, arrowheads. */
final class Strokes {
    private static final double RADIUS = 6;
    private static final double HEAD = 5;

    private Strokes() {}

    /** A line through points. */
    static String path(List<Point> points) {
        StringBuilder path = new StringBuilder("M" + at(points.get(0)));
        for (int i = 1; i < points.size(); i++) {
            Point corner = points.get(i);
            if (i == points.size() - 1) {
                path.append("L").append(at(corner));
            } else {
                Point before = toward(corner, points.get(i - 1));
                Point after = toward(corner, points.get(i + 1));
                path.append("L").append(at(before));
                path.append("Q").append(at(corner)).append(" ").append(at(after));
            }
        }
        return path.toString();
    }

    /** The arrowhead at its end. */
    static String head(List<Point> points) {
        Point tip = points.get(points.size() - 1);
        Point from = points.get(points.size() - 2);
        double length = Math.hypot(tip.x() - from.x(), tip.y() - from.y());
        double dx = HEAD * (tip.x() - from.x()) / length;
        double dy = HEAD * (tip.y() - from.y()) / length;
        Point one = new Point(tip.x() - dx - dy * 0.6, tip.y() - dy + dx * 0.6);
        Point other = new Point(tip.x() - dx + dy * 0.6, tip.y() - dy - dx * 0.6);
        return "M" + at(one) + "L" + at(tip) + "L" + at(other) + "Z";
    }

    /** The point where a rounded corner begins; half of a short side at most. */
    private static Point toward(Point corner, Point other) {
        double length = Math.hypot(other.x() - corner.x(), other.y() - corner.y());
        double share = Math.min(RADIUS, length / 2) / length;
        return new Point(
                corner.x() + share * (other.x() - corner.x()),
                corner.y() + share * (other.y() - corner.y()));
    }

    private static String at(Point point) {
        return SvgWriter.number(point.x()) + " " + SvgWriter.number(point.y());
    }
}
