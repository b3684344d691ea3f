package org.cnnzoo.spec;

import java.util.Locale;

/** How parallel paths meet. */
public enum Join {
    /** Channels side by side. */
    CONCAT,
    /** Sum. */
    ADD,
    /** Product; a [C, 1, 1] path scales the channels of a [C, H, W] one. */
    MULTIPLY,
    /** Elementwise maximum (maxout). */
    MAX;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
