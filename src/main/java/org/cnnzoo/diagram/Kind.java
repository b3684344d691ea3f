package org.cnnzoo.diagram;

import java.util.Locale;

/** What a box stands for: its colour, and its line in the legend. */
public enum Kind {
    CONV("convolution"),
    DEPTHWISE("depthwise or grouped convolution"),
    DENSE("dense layer"),
    POOL("pooling"),
    NORM("normalisation"),
    ACTIVATION("activation"),
    GATE("squeeze and excitation"),
    JOIN("paths meet"),
    OTHER("dropout, reshaping"),
    END("image, logits");

    private final String legend;

    Kind(String legend) {
        this.legend = legend;
    }

    /** A few words for the legend. */
    String legend() {
        return legend;
    }

    /** The class of its boxes in the drawing's style sheet. */
    String style() {
        return name().toLowerCase(Locale.ROOT);
    }
}
