package org.cnnzoo.cli;

import java.util.Locale;

/** How {@code cnn info} prints: as {@link Format}, or {@code csv}. */
enum LayerFormat {
    TABLE,
    JSON,
    /** A line for each layer, for a spreadsheet. */
    CSV;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
