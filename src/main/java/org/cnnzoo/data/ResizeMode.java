package org.cnnzoo.data;

import org.cnnzoo.errors.BadInput;
import org.cnnzoo.errors.Labelled;

/** How an image of another shape is brought to the network's. */
public enum ResizeMode implements Labelled {
    /** The image is scaled until it covers the target, and its middle cut out. */
    CROP,
    /** The image is scaled until it fits inside the target, and the rest is black. */
    LETTERBOX,
    /** Height and width are scaled each for itself; proportions change. */
    STRETCH;

    /**
     * The mode of that {@link #label}.
     *
     * @throws BadInput if there is none
     */
    public static ResizeMode named(String label) {
        return Labelled.named("--resize-mode", values(), label);
    }

    /**
     * Refuses a mode that somebody asked for where every mode gives the same pixels.
     *
     * @param height of the network's input
     * @param width of the network's input
     * @throws BadInput if all images are of one size and have the input's proportions
     */
    public static void refuseWithoutEffect(Dataset data, int height, int width) {
        boolean sameProportions = (long) data.height() * width == (long) data.width() * height;
        if (data.uniformSize() && sameProportions) {
            throw new BadInput(
                    ("--resize-mode has no effect: the images of %s are all %dx%d, of the same"
                                    + " proportions as the input of %dx%d")
                            .formatted(data.name(), data.height(), data.width(), height, width));
        }
    }
}
