package org.cnnzoo.augment;

import java.util.SplittableRandom;
import org.cnnzoo.data.PixelImage;
import org.cnnzoo.data.Transform;

/**
 * Exchanges left and right with a probability.
 *
 * @param probability 0..1
 */
public record RandomHorizontalFlip(double probability) implements Transform {
    public RandomHorizontalFlip {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("probability must be 0..1, not " + probability);
        }
    }

    @Override
    public PixelImage apply(PixelImage image, SplittableRandom random) {
        return random.nextDouble() < probability ? image.flipHorizontally() : image;
    }
}
