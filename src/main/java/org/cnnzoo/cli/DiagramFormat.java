package org.cnnzoo.cli;

import java.util.Locale;

/** How {@code cnn info --diagram} writes a drawing. */
enum DiagramFormat {
    /** A picture. */
    SVG,
    /** A page with the picture and a table of the layers. */
    HTML;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
