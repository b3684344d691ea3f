package org.cnnzoo.diagram;

import java.util.ArrayList;
import java.util.List;
import org.cnnzoo.diagram.Mark.Line.Way;
import org.cnnzoo.diagram.Mark.Point;

/** Collects the marks of a piece, and how far they reach. */
final class Canvas {
    private final List<Mark> marks = new ArrayList<>();
    private double left;
    private double right;

    void add(Mark mark) {
        marks.add(mark);
        left = Math.max(left, -mark.left());
        right = Math.max(right, mark.right());
    }

    /** Puts a piece where its way in is at (x, y). */
    void add(Piece piece, double x, double y) {
        piece.marks().forEach(mark -> add(mark.moved(x, y)));
        left = Math.max(left, piece.left() - x);
        right = Math.max(right, piece.right() + x);
    }

    /** A line through points x0, y0, x1, y1, ... */
    void line(Way way, boolean arrow, double... xy) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < xy.length; i += 2) {
            Point point = new Point(xy[i], xy[i + 1]);
            if (points.isEmpty() || !points.get(points.size() - 1).equals(point)) {
                points.add(point);
            }
        }
        if (points.size() > 1) {
            add(new Mark.Line(points, way, arrow));
        }
    }

    /** A shape or a name, its left end at x, its baseline at y. */
    void label(Font font, String text, double x, double y) {
        add(new Mark.Label(text, font, false, x, y));
    }

    double left() {
        return left;
    }

    double right() {
        return right;
    }

    Piece piece(double height, boolean box) {
        return new Piece(left, right, height, box, marks);
    }
}
