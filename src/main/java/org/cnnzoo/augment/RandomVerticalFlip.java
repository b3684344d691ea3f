package org.cnnzoo.augment;

import java.util.SplittableRandom;
import org.cnnzoo.data.PixelImage;
import org.cnnzoo.data.Transform;

/**
 * Exchanges top and bottom with a probability.
 *
 * @param probability 0..1
 */
public record RandomVerticalFlip(double probability) implements Transform {
    public RandomVerticalFlip {
        Draws.requireShare("probability", probability);
    }

    @Override
    public PixelImage apply(PixelImage image, SplittableRandom random) {
        return random.nextDouble() < probability ? image.flipVertically() : image;
    }
}
