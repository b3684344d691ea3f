package org.cnnzoo.diagram;

import java.util.ArrayList;
import java.util.List;
import org.cnnzoo.diagram.Figure.Box;
import org.cnnzoo.diagram.Figure.Chain;
import org.cnnzoo.diagram.Mark.Line.Way;
import org.cnnzoo.network.Shape;

/** One below the other, the shape on the arrow where it changes, side paths to the right. */
final class ChainLayout {
    private static final double LABEL = 13;

    private final Layout layout;
    private final Way way;
    private final boolean named;
    private final Canvas canvas = new Canvas();
    private final List<Tap> taps = new ArrayList<>();

    /** A side path and the height at which it leaves. */
    private record Tap(double y, Figure.Side side) {}

    /** A side path in its place. */
    private record Placed(double top, double bottom, double right) {}

    /**
     * @param way of the lines between its figures
     * @param named whether figures have their names to their left
     */
    ChainLayout(Layout layout, Way way, boolean named) {
        this.layout = layout;
        this.way = way;
        this.named = named;
    }

    /** Lays out one chain; to be called once. */
    Piece piece(Chain chain) {
        double width =
                chain.items().stream()
                        .filter(item -> item instanceof Box box && box.kind() != Kind.JOIN)
                        .mapToDouble(item -> Layout.boxWidth((Box) item))
                        .max()
                        .orElse(0);
        List<Mark.Label> names = new ArrayList<>();
        Shape shape = chain.input();
        double y = 0;
        double drawn = 0; // how far down the line is
        boolean box = !chain.items().isEmpty() && chain.items().get(0) instanceof Box;
        for (Figure item : chain.items()) {
            if (item instanceof Figure.Side side) {
                y += Layout.GAP / 2;
                taps.add(new Tap(y, side));
                continue;
            }
            Piece piece = layout.piece(item, width);
            y += y == 0 ? 0 : Layout.GAP;
            canvas.line(way, piece.box(), 0, drawn, 0, y);
            canvas.add(piece, 0, y);
            names.add(name(item, y + piece.height() / 2));
            y += piece.height();
            drawn = y;
            if (!item.output().equals(shape) && !isGate(item)) {
                shape = item.output();
                y += LABEL;
                canvas.label(Font.NOTE, Captions.shape(shape), 6, y);
            }
        }
        double height = Math.max(y, sides());
        canvas.line(way, false, 0, drawn, 0, height);
        addNames(names);
        return canvas.piece(height, box);
    }

    /** A gate's [C, 1, 1] says nothing that the product's shape doesn't. */
    private static boolean isGate(Figure item) {
        return item instanceof Box box && box.kind() == Kind.GATE;
    }

    /** Puts the side paths to the right, the lower ones further in; returns where they end. */
    private double sides() {
        double main = canvas.right() + 22;
        double end = 0;
        List<Placed> placed = new ArrayList<>();
        for (int i = taps.size() - 1; i >= 0; i--) {
            Tap tap = taps.get(i);
            Piece piece = layout.piece(tap.side(), 0);
            double top = tap.y() + 8;
            double bottom = top + piece.height();
            double x =
                    placed.stream()
                            .filter(other -> other.top() < bottom + 8)
                            .filter(other -> top < other.bottom() + 8)
                            .mapToDouble(other -> other.right() + 22)
                            .reduce(main, Math::max);
            double axis = x + piece.left();
            canvas.line(Way.ASIDE, false, 0, tap.y(), axis, tap.y(), axis, top);
            canvas.add(piece, axis, top);
            placed.add(new Placed(top, bottom, axis + piece.right()));
            end = Math.max(end, bottom + 6);
        }
        return end;
    }

    private Mark.Label name(Figure item, double y) {
        String text = item.name();
        if (item instanceof Figure.Repeat repeat) {
            int last = repeat.copies().size() - 1;
            text = Paths.range(repeat.drawn().name(), repeat.copies().get(last).name());
        }
        return new Mark.Label(Paths.inside(text), Font.NOTE, true, 0, y + 4);
    }

    private void addNames(List<Mark.Label> names) {
        double x = -canvas.left() - 12;
        if (named) {
            names.stream()
                    .filter(name -> !name.text().isEmpty())
                    .forEach(name -> canvas.add(name.moved(x, 0)));
        }
    }
}
