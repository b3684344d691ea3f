package org.cnnzoo.diagram;

import java.util.ArrayList;
import java.util.List;
import org.cnnzoo.diagram.Figure.Box;
import org.cnnzoo.diagram.Mark.Line.Way;

/** Where everything goes: each figure in a piece of its own, pieces put together. */
final class Layout {
    /** Between two boxes, in pixels; an arrow fits in. */
    static final double GAP = 14;

    private static final double LOW = 20;
    private static final double HIGH = 34;
    private static final double NARROWEST = 96;
    private static final double ROUND_TEXT = 16;

    private final long parameters;

    /**
     * @param parameters of the whole network
     */
    Layout(long parameters) {
        this.parameters = parameters;
    }

    /**
     * Lays out a figure.
     *
     * @param width the least of a box, in pixels, so that those of a chain are equally wide
     */
    Piece piece(Figure figure, double width) {
        if (figure instanceof Box box) {
            return box(box, box.kind() == Kind.JOIN ? 0 : width);
        } else if (figure instanceof Figure.Chain chain) {
            return chain(chain);
        } else if (figure instanceof Figure.Parallel parallel) {
            return new ParallelLayout(this).parallel(parallel);
        } else if (figure instanceof Figure.Residual residual) {
            return new ParallelLayout(this).residual(residual);
        } else if (figure instanceof Figure.Repeat repeat) {
            return repeat(repeat);
        } else if (figure instanceof Figure.Side side) {
            return framed(chain(side.head()), side.note());
        }
        return new TangleLayout(this).piece((Figure.Tangle) figure);
    }

    Piece chain(Figure.Chain chain) {
        return chain(chain, Way.MAIN);
    }

    Piece chain(Figure.Chain chain, Way way) {
        return new ChainLayout(this, way, false).piece(chain);
    }

    /** A box, as wide as its text at least. */
    Piece box(Box box, double width) {
        double wide = Math.max(width, boxWidth(box));
        double high = detail(box).isEmpty() ? LOW : HIGH;
        double share = parameters == 0 ? 0 : (double) box.parameters() / parameters;
        Canvas canvas = new Canvas();
        canvas.add(new Mark.Rect(box, share, -wide / 2, 0, wide, high));
        return canvas.piece(high, true);
    }

    static double boxWidth(Box box) {
        double text =
                Math.max(Font.TITLE.width(box.title()), Font.DETAIL.width(detail(box)))
                        + ROUND_TEXT;
        return box.kind() == Kind.JOIN ? text : Math.max(NARROWEST, text);
    }

    /** The second line of a box: what else is in it, and its parameters. */
    static String detail(Box box) {
        List<String> words = new ArrayList<>(box.parts());
        if (box.parameters() > 0) {
            words.add(Captions.brief(box.parameters()));
        }
        return String.join(" \u00b7 ", words);
    }

    private Piece repeat(Figure.Repeat repeat) {
        Piece unit = chain(repeat.drawn());
        double top = 10;
        double height = top + unit.height() + 8;
        Canvas canvas = new Canvas();
        canvas.add(unit, 0, top);
        canvas.line(Way.MAIN, unit.box(), 0, 0, 0, top);
        canvas.line(Way.MAIN, false, 0, top + unit.height(), 0, height);
        double left = canvas.left() + 10;
        double right = canvas.right() + 10;
        canvas.add(new Mark.Frame(-left, 0, left + right, height));
        List<String> notes = notes(repeat);
        double y = height / 2 - 12 * (notes.size() - 1) / 2.0;
        canvas.label(Font.COUNT, "\u00d7 " + repeat.copies().size(), right + 8, y + 3);
        for (String note : notes) {
            y += 14;
            canvas.label(Font.NOTE, note, right + 8, y + 3);
        }
        return canvas.piece(height, false);
    }

    private static List<String> notes(Figure.Repeat repeat) {
        List<String> notes = new ArrayList<>();
        int first = repeat.drawn().output().channels();
        int last = repeat.output().channels();
        if (first != last) {
            notes.add(first + " to " + last + " channels");
        }
        if (repeat.parameters() > 0) {
            notes.add(Captions.brief(repeat.parameters()) + " in all");
        }
        return notes;
    }

    private static Piece framed(Piece inside, String note) {
        List<String> lines = List.of(note.split(", ", -1));
        double top = 13 * lines.size() + 10;
        double height = top + inside.height() + 8;
        Canvas canvas = new Canvas();
        canvas.add(inside, 0, top);
        canvas.line(Way.ASIDE, inside.box(), 0, 0, 0, top);
        double y = 1;
        for (String words : lines) {
            y += 13;
            canvas.label(Font.NOTE, words, 8, y);
        }
        double left = canvas.left() + 10;
        double right = canvas.right() + 10;
        canvas.add(new Mark.Frame(-left, 0, left + right, height));
        return canvas.piece(height, false);
    }
}
