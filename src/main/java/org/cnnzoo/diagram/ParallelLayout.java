package org.cnnzoo.diagram;

import java.util.List;
import java.util.Optional;
import org.cnnzoo.diagram.Figure.Box;
import org.cnnzoo.diagram.Mark.Line.Way;

/** Paths side by side, and the path round another one. */
final class ParallelLayout {
    private static final double LEAD = 14;
    private static final double BETWEEN = 14;
    private static final double IDENTITY = 8;

    private final Layout layout;

    ParallelLayout(Layout layout) {
        this.layout = layout;
    }

    Piece parallel(Figure.Parallel parallel) {
        List<Piece> pieces = parallel.branches().stream().map(layout::chain).toList();
        double width = BETWEEN * (pieces.size() - 1);
        double deepest = 0;
        for (Piece piece : pieces) {
            width += width(piece);
            deepest = Math.max(deepest, piece.height());
        }
        double meet = LEAD + deepest + 10;
        Canvas canvas = new Canvas();
        double x = -width / 2;
        for (Piece piece : pieces) {
            double axis = x + Math.max(piece.left(), IDENTITY);
            boolean through = piece.height() == 0;
            canvas.line(Way.MAIN, piece.box(), 0, 0, axis, 0, axis, LEAD);
            canvas.add(piece, axis, LEAD);
            double end = through ? LEAD : LEAD + piece.height();
            canvas.line(Way.MAIN, false, axis, end, axis, meet, 0, meet);
            x += width(piece) + BETWEEN;
        }
        return joined(canvas, meet, parallel.join());
    }

    private static double width(Piece piece) {
        return Math.max(piece.left(), IDENTITY) + Math.max(piece.right(), IDENTITY);
    }

    /** Lines that met at (0, y) go on into the box of the join. */
    private Piece joined(Canvas canvas, double y, Optional<Box> join) {
        if (join.isEmpty()) {
            return canvas.piece(y, false);
        }
        Piece box = layout.piece(join.get(), 0);
        double top = y + 12;
        canvas.line(Way.MAIN, true, 0, y, 0, top);
        canvas.add(box, 0, top);
        return canvas.piece(top + box.height(), false);
    }

    Piece residual(Figure.Residual residual) {
        Piece main = layout.chain(residual.main());
        Piece side = layout.chain(residual.side(), Way.SHORTCUT);
        boolean identity = residual.side().items().isEmpty();
        Optional<Piece> join = residual.join().map(box -> layout.piece(box, 0));
        double height = Math.max(main.height(), side.height());
        double meet = LEAD + height + LEAD;
        double joinHeight = join.map(Piece::height).orElse(0.0);
        double joinRight = join.map(Piece::right).orElse(0.0);
        double beside = Math.max(main.right(), joinRight + 4);
        double x = beside + 14 + side.left();
        double y = meet + joinHeight / 2;
        Canvas canvas = new Canvas();
        canvas.line(Way.MAIN, main.box(), 0, 0, 0, LEAD);
        canvas.add(main, 0, LEAD);
        canvas.line(Way.MAIN, join.isPresent(), 0, LEAD + main.height(), 0, meet);
        if (identity) {
            canvas.line(Way.SHORTCUT, join.isPresent(), 0, 0, x, 0, x, y, joinRight, y);
        } else {
            double top = LEAD + (height - side.height()) / 2;
            canvas.line(Way.SHORTCUT, side.box(), 0, 0, x, 0, x, top);
            canvas.add(side, x, top);
            double bottom = top + side.height();
            canvas.line(Way.SHORTCUT, join.isPresent(), x, bottom, x, y, joinRight, y);
        }
        join.ifPresent(piece -> canvas.add(piece, 0, meet));
        return canvas.piece(meet + joinHeight, false);
    }
}
