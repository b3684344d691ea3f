package org.cnnzoo.diagram;

import java.util.Locale;

/** A size of text, and how wide it is at most: the reader's own sans-serif font is used. */
enum Font {
    /** The network's name. */
    NAME(20, 0.66),
    /** What a box is. */
    TITLE(12, 0.66),
    /** What is in it. */
    DETAIL(10, 0.6),
    /** Shapes on arrows, names beside boxes. */
    NOTE(10, 0.6),
    /** How often. */
    COUNT(16, 0.66),
    /** Sentences. */
    TEXT(12, 0.58);

    private final double pixels;
    private final double letter;

    Font(double pixels, double letter) {
        this.pixels = pixels;
        this.letter = letter;
    }

    double pixels() {
        return pixels;
    }

    /** Room that a text needs, in pixels; a guess by a wide font (DejaVu Sans). */
    double width(String text) {
        return text.length() * letter * pixels;
    }

    /** The class of its texts in the drawing's style sheet. */
    String style() {
        return name().toLowerCase(Locale.ROOT);
    }
}
