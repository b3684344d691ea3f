package org.cnnzoo.diagram;

import java.util.List;

/**
 * Something drawn, in pixels; y grows downwards. Within a {@link Piece}, x = 0 is the line that
 * runs through it and y = 0 is its top.
 */
public sealed interface Mark {
    double left();

    double right();

    double top();

    double bottom();

    /** The same elsewhere. */
    Mark moved(double dx, double dy);

    /**
     * A box of the network.
     *
     * @param share of the network's parameters, 0 to 1
     */
    record Rect(Figure.Box box, double share, double x, double y, double width, double height)
            implements Mark {
        @Override
        public double left() {
            return x;
        }

        @Override
        public double right() {
            return x + width;
        }

        @Override
        public double top() {
            return y;
        }

        @Override
        public double bottom() {
            return y + height;
        }

        @Override
        public Mark moved(double dx, double dy) {
            return new Rect(box, share, x + dx, y + dy, width, height);
        }
    }

    /** A frame round several boxes. */
    record Frame(double x, double y, double width, double height) implements Mark {
        @Override
        public double left() {
            return x;
        }

        @Override
        public double right() {
            return x + width;
        }

        @Override
        public double top() {
            return y;
        }

        @Override
        public double bottom() {
            return y + height;
        }

        @Override
        public Mark moved(double dx, double dy) {
            return new Frame(x + dx, y + dy, width, height);
        }
    }

    /** A corner of a line. */
    record Point(double x, double y) {}

    /**
     * A line through points.
     *
     * @param arrow whether it ends in an arrowhead
     */
    record Line(List<Point> points, Way way, boolean arrow) implements Mark {
        /** What flows along it. */
        enum Way {
            MAIN,
            SHORTCUT,
            ASIDE
        }

        public Line {
            points = List.copyOf(points);
        }

        @Override
        public double left() {
            return points.stream().mapToDouble(Point::x).min().orElse(0);
        }

        @Override
        public double right() {
            return points.stream().mapToDouble(Point::x).max().orElse(0);
        }

        @Override
        public double top() {
            return points.stream().mapToDouble(Point::y).min().orElse(0);
        }

        @Override
        public double bottom() {
            return points.stream().mapToDouble(Point::y).max().orElse(0);
        }

        @Override
        public Mark moved(double dx, double dy) {
            return new Line(
                    points.stream().map(p -> new Point(p.x() + dx, p.y() + dy)).toList(),
                    way,
                    arrow);
        }
    }

    /**
     * A line of text.
     *
     * @param x its left end, or its right end where {@code toLeft}
     * @param y its baseline
     */
    record Label(String text, Font font, boolean toLeft, double x, double y) implements Mark {
        @Override
        public double left() {
            return toLeft ? x - font.width(text) : x;
        }

        @Override
        public double right() {
            return toLeft ? x : x + font.width(text);
        }

        @Override
        public double top() {
            return y - font.pixels();
        }

        @Override
        public double bottom() {
            return y + font.pixels() / 4;
        }

        @Override
        public Mark moved(double dx, double dy) {
            return new Label(text, font, toLeft, x + dx, y + dy);
        }
    }
}
