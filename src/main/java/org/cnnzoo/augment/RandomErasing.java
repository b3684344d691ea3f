package org.cnnzoo.augment;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.cnnzoo.data.ArrayTransform;

/**
 * Sets a rectangle of the normalised image to 0, the data's mean colour (Zhong et al. 2017), as
 * torchvision's {@code RandomErasing}: 2 to 33 % of the area, proportions of 0.3 to 3.3.
 *
 * @param probability 0..1
 */
public record RandomErasing(double probability) implements ArrayTransform {
    private static final int ATTEMPTS = 10;
    private static final double SMALLEST = 0.02;
    private static final double LARGEST = 0.33;
    private static final double NARROWEST = 0.3;
    private static final double WIDEST = 3.3;

    public RandomErasing {
        Draws.requireShare("probability", probability);
    }

    @Override
    public void apply(
            float[] array,
            int offset,
            int channels,
            int height,
            int width,
            SplittableRandom random) {
        if (random.nextDouble() >= probability) {
            return;
        }
        for (int i = 0; i < ATTEMPTS; i++) {
            double area = (double) height * width * Draws.uniform(random, SMALLEST, LARGEST);
            double ratio = Draws.logUniform(random, NARROWEST, WIDEST);
            int h = (int) Math.rint(Math.sqrt(area * ratio));
            int w = (int) Math.rint(Math.sqrt(area / ratio));
            if (h < height && w < width) {
                int top = random.nextInt(height - h + 1);
                int left = random.nextInt(width - w + 1);
                for (int c = 0; c < channels; c++) {
                    for (int y = top; y < top + h; y++) {
                        int from = offset + (c * height + y) * width + left;
                        Arrays.fill(array, from, from + w, 0);
                    }
                }
                return;
            }
        }
    }
}
