package org.cnnzoo.diagram;

import java.util.ArrayList;
import java.util.List;
import org.cnnzoo.diagram.Mark.Line.Way;

/** The drawing of last resort: boxes in rows, slanted lines between the rows. */
final class TangleLayout {
    private static final double ROW = 34;
    private static final double BETWEEN = 30;

    private final Layout layout;

    TangleLayout(Layout layout) {
        this.layout = layout;
    }

    Piece piece(Figure.Tangle tangle) {
        List<Piece> pieces = new ArrayList<>();
        tangle.boxes().forEach(box -> pieces.add(layout.piece(box, 0)));
        TangleRows rows = new TangleRows(tangle, pieces.stream().map(Piece::width).toList());
        Canvas canvas = new Canvas();
        for (int i = 0; i < pieces.size(); i++) {
            TangleRows.Slot slot = rows.boxes().get(i);
            canvas.add(pieces.get(i), slot.middle(), top(slot.row()));
        }
        rows.edges().forEach(edge -> draw(edge, rows, pieces, canvas));
        return canvas.piece(top(rows.rows()), false);
    }

    private static double top(int row) {
        return BETWEEN + row * (ROW + BETWEEN);
    }

    private static void draw(
            TangleRows.Edge edge, TangleRows rows, List<Piece> pieces, Canvas canvas) {
        List<Double> xy = new ArrayList<>();
        if (edge.from() == TangleRows.OUTSIDE) {
            xy.addAll(List.of(0.0, 0.0));
        } else {
            TangleRows.Slot slot = rows.boxes().get(edge.from());
            double bottom = top(slot.row()) + pieces.get(edge.from()).height();
            xy.addAll(List.of(slot.middle(), bottom));
            xy.addAll(List.of(slot.middle(), top(slot.row()) + ROW));
        }
        for (TangleRows.Slot wire : edge.wires()) {
            xy.addAll(List.of(wire.middle(), top(wire.row())));
            xy.addAll(List.of(wire.middle(), top(wire.row()) + ROW));
        }
        if (edge.to() == TangleRows.OUTSIDE) {
            xy.addAll(List.of(0.0, top(rows.rows())));
        } else {
            TangleRows.Slot slot = rows.boxes().get(edge.to());
            xy.addAll(List.of(slot.middle(), top(slot.row())));
        }
        boolean arrow = edge.to() != TangleRows.OUTSIDE;
        canvas.line(Way.MAIN, arrow, xy.stream().mapToDouble(d -> d).toArray());
    }
}
