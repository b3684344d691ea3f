package org.cnnzoo.diagram;

import java.util.ArrayList;
import java.util.List;

/** What is written line by line above a network: the title and the legend. */
final class Heading {
    private static final double SWATCH = 12;
    private static final double LEGEND_LINE = 18;

    private final double margin;
    private final double width;
    private final List<Drawing.Swatch> swatches = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>();
    private double x;
    private double y;

    /**
     * @param margin that is kept free, in pixels
     * @param width of the page, margins included
     */
    Heading(double margin, double width) {
        this.margin = margin;
        this.width = width;
        this.x = width;
        this.y = margin;
    }

    /** A text, broken where a line is full. */
    void text(Font font, String text) {
        String line = "";
        for (String word : text.split(" ", -1)) {
            String longer = line.isEmpty() ? word : line + " " + word;
            if (!line.isEmpty() && margin + font.width(longer) > width - margin) {
                line(font, line);
                longer = word;
            }
            line = longer;
        }
        line(font, line);
    }

    private void line(Font font, String text) {
        y += font.pixels() * 1.35;
        marks.add(new Mark.Label(text, font, false, margin, y));
    }

    void gap() {
        y += 6;
    }

    /** A kind of boxes in its colour and in words, beside the last one where there is room. */
    void kind(Kind kind) {
        double wide = SWATCH + 6 + Font.NOTE.width(kind.legend());
        if (x + wide > width - margin) {
            x = margin;
            y += LEGEND_LINE;
        }
        swatches.add(new Drawing.Swatch(kind, x, y - 10, SWATCH));
        marks.add(new Mark.Label(kind.legend(), Font.NOTE, false, x + SWATCH + 6, y));
        x += wide + 14;
    }

    /** How far down it reaches. */
    double bottom() {
        return y;
    }

    List<Drawing.Swatch> swatches() {
        return swatches;
    }

    List<Mark> marks() {
        return marks;
    }
}
