package org.cnnzoo.diagram;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.cnnzoo.diagram.Mark.Line.Way;
import org.cnnzoo.network.Network;

/**
 * A whole drawing: title, legend, and the network below them.
 *
 * @param swatches the legend's squares
 * @param marks everything else, x and y from the upper left corner
 */
record Drawing(double width, double height, List<Swatch> swatches, List<Mark> marks) {
    private static final double MARGIN = 16;
    private static final double NARROWEST = 430;

    Drawing {
        swatches = List.copyOf(swatches);
        marks = List.copyOf(marks);
    }

    /** A square in the colour of a kind. */
    record Swatch(Kind kind, double x, double y, double side) {}

    static Drawing of(Network network) {
        Figure.Chain chain = Decomposition.of(network);
        Piece piece =
                new ChainLayout(new Layout(network.parameters()), Way.MAIN, true).piece(chain);
        double width = Math.max(NARROWEST, Math.ceil(piece.width() + 2 * MARGIN));
        Heading heading = heading(network, kinds(piece), width);
        List<Mark> marks = new ArrayList<>(heading.marks());
        double axis = (width - piece.width()) / 2 + piece.left();
        double top = heading.bottom() + MARGIN;
        piece.marks().forEach(mark -> marks.add(mark.moved(axis, top)));
        double height = Math.ceil(top + piece.height() + MARGIN);
        return new Drawing(width, height, heading.swatches(), marks);
    }

    private static Heading heading(Network network, Set<Kind> kinds, double width) {
        Heading heading = new Heading(MARGIN, width);
        heading.text(Font.NAME, network.name());
        heading.gap();
        heading.text(
                Font.TEXT,
                String.format(
                        Locale.ROOT,
                        "%,d parameters, %s multiply-adds, input %s, %,d classes",
                        network.parameters(),
                        Captions.brief(network.macs()),
                        Captions.shape(network.input()),
                        network.classes()));
        heading.gap();
        kinds.forEach(heading::kind);
        heading.gap();
        heading.text(
                Font.NOTE,
                "On arrows: channels x height x width, where they change. In boxes: parameters,"
                        + " as a bar their share of all. /2: stride. BN: batch normalisation.");
        return heading;
    }

    private static Set<Kind> kinds(Piece piece) {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        for (Mark mark : piece.marks()) {
            if (mark instanceof Mark.Rect rect && rect.box().kind() != Kind.END) {
                kinds.add(rect.box().kind());
            }
        }
        return kinds;
    }
}
