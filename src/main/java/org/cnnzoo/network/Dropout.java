package org.cnnzoo.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Sets values to 0 in training with probability {@code rate} and scales the others by 1 / (1 -
 * rate); does nothing in inference.
 */
public record Dropout(double rate, Unit unit) implements Operation {

    /** What is dropped as one. */
    public enum Unit {
        /** Each value (Hinton 2012). */
        VALUE("dropout"),
        /** A whole channel (Tompson 2014). */
        CHANNEL("spatial_dropout"),
        /** All of an image (stochastic depth, Huang 2016). */
        IMAGE("drop_path");

        private final String word;

        Unit(String word) {
            this.word = word;
        }

        /** Sizes of a mask for values of sizes [N, C, H, W] or [N, C]: 1 where it is shared. */
        public List<Long> maskSizes(List<Long> sizes) {
            int own =
                    switch (this) {
                        case VALUE -> sizes.size();
                        case CHANNEL -> 2;
                        case IMAGE -> 1;
                    };
            List<Long> mask = new ArrayList<>(sizes);
            for (int i = own; i < mask.size(); i++) {
                mask.set(i, 1L);
            }
            return mask;
        }
    }

    @Override
    public String type() {
        return unit.word;
    }

    @Override
    public Shape output(List<Shape> inputs) {
        return inputs.get(0);
    }

    @Override
    public Object computation() {
        return unit;
    }

    @Override
    public String details() {
        return String.format(Locale.ROOT, "%.4g", rate);
    }
}
