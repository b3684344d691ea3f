package org.cnnzoo.augment;

import java.util.SplittableRandom;
import org.cnnzoo.data.PixelImage;
import org.cnnzoo.data.Transform;

/**
 * Pads each side with black and cuts the old size out at a uniformly random place, as torchvision's
 * {@code RandomCrop(size, padding)}.
 *
 * @param padding pixels on each side, 0 or more
 */
public record RandomCrop(int padding) implements Transform {
    public RandomCrop {
        if (padding < 0) {
            throw new IllegalArgumentException("padding must be 0 or more, not " + padding);
        }
    }

    @Override
    public PixelImage apply(PixelImage image, SplittableRandom random) {
        int top = random.nextInt(2 * padding + 1) - padding;
        int left = random.nextInt(2 * padding + 1) - padding;
        return image.window(top, left, image.height(), image.width());
    }
}
