package org.cnnzoo.recipe;

import java.util.Optional;
import org.cnnzoo.errors.BadInput;

/**
 * The size of the images a network is built for.
 *
 * @param height in pixels
 * @param width in pixels
 * @param why where it came from, for the log
 */
public record InputSize(int height, int width, String why) {

    /**
     * The size for a data set: as given, else the data's own, each side raised to the model's
     * minimum.
     *
     * @param given side in pixels of a square, if somebody chose one
     * @param dataHeight of the data's images, in pixels
     * @param dataWidth of the data's images, in pixels
     * @param minimum the smallest side in pixels that the model works on
     * @throws BadInput if the given size is below the minimum
     */
    public static InputSize choose(
            Optional<Long> given,
            String data,
            int dataHeight,
            int dataWidth,
            String model,
            int minimum) {
        if (given.isPresent()) {
            int side = Math.toIntExact(given.get());
            if (side < minimum) {
                throw new BadInput(
                        "--input-size %d is below the %d px that %s needs at least"
                                .formatted(side, minimum, model));
            }
            return new InputSize(side, side, "as given");
        }
        int height = Math.max(dataHeight, minimum);
        int width = Math.max(dataWidth, minimum);
        if (height == dataHeight && width == dataWidth) {
            return new InputSize(height, width, "the size of " + data);
        }
        String size = dataHeight == dataWidth ? dataHeight + "" : dataHeight + "x" + dataWidth;
        return new InputSize(
                height,
                width,
                "%s's %s px raised to %s's minimum of %d px".formatted(data, size, model, minimum));
    }
}
