package org.cnnzoo.augment;

import java.util.SplittableRandom;
import org.cnnzoo.data.PixelImage;
import org.cnnzoo.data.Transform;

/**
 * Cuts out a part of random area and proportions and brings it to the network's size, as
 * torchvision's {@code RandomResizedCrop} with antialiasing; in place of the usual resize.
 *
 * @param height of the result, pixels
 * @param width of the result, pixels
 * @param scaleMin the part's share of the area is uniform from here, above 0
 * @param scaleMax to here, at most 1
 * @param ratioMin width over height is uniform in its logarithm from here, above 0
 * @param ratioMax to here
 */
public record RandomResizedCrop(
        int height, int width, double scaleMin, double scaleMax, double ratioMin, double ratioMax)
        implements Transform {
    private static final int ATTEMPTS = 10;

    public RandomResizedCrop {
        boolean scales = scaleMin > 0 && scaleMax >= scaleMin && scaleMax <= 1;
        if (height < 1 || width < 1 || !scales || !(ratioMin > 0 && ratioMax >= ratioMin)) {
            throw new IllegalArgumentException(
                    "crop to %dx%d of %s..%s, %s..%s"
                            .formatted(height, width, scaleMin, scaleMax, ratioMin, ratioMax));
        }
    }

    @Override
    public PixelImage apply(PixelImage image, SplittableRandom random) {
        int h = image.height();
        int w = image.width();
        for (int i = 0; i < ATTEMPTS; i++) {
            double area = (double) h * w * Draws.uniform(random, scaleMin, scaleMax);
            double ratio = Draws.logUniform(random, ratioMin, ratioMax);
            int cropWidth = (int) Math.rint(Math.sqrt(area * ratio));
            int cropHeight = (int) Math.rint(Math.sqrt(area / ratio));
            if (cropWidth > 0 && cropWidth <= w && cropHeight > 0 && cropHeight <= h) {
                int top = random.nextInt(h - cropHeight + 1);
                int left = random.nextInt(w - cropWidth + 1);
                return image.window(top, left, cropHeight, cropWidth).resized(height, width);
            }
        }
        return middle(image).resized(height, width);
    }

    /** The largest part in the middle whose proportions are allowed. */
    private PixelImage middle(PixelImage image) {
        int h = image.height();
        int w = image.width();
        double ratio = (double) w / h;
        if (ratio < ratioMin) {
            h = Math.max(1, (int) Math.rint(w / ratioMin));
        } else if (ratio > ratioMax) {
            w = Math.max(1, (int) Math.rint(h * ratioMax));
        }
        return image.window((image.height() - h) / 2, (image.width() - w) / 2, h, w);
    }
}
