package org.cnnzoo.augment;

import java.util.SplittableRandom;
import org.cnnzoo.data.PixelImage;
import org.cnnzoo.data.Transform;

/**
 * Rotation, move, scale and shear about the middle by the nearest pixel, as torchvision's {@code
 * RandomAffine}; what comes from outside is black.
 *
 * @param degrees rotation is uniform in {@code [-degrees, degrees]}
 * @param translate the move is uniform up to this share of the side, 0..1
 * @param scaleMin the scale is uniform from here
 * @param scaleMax to here
 * @param shear along x, uniform in {@code [-shear, shear]} degrees
 */
public record RandomAffine(
        double degrees, double translate, double scaleMin, double scaleMax, double shear)
        implements Transform {
    public RandomAffine {
        Draws.requireShare("translate", translate);
        if (!(degrees >= 0 && shear >= 0 && shear < 90 && scaleMin > 0 && scaleMax >= scaleMin)) {
            throw new IllegalArgumentException(
                    "affine of %s degrees, scale %s..%s, shear %s"
                            .formatted(degrees, scaleMin, scaleMax, shear));
        }
    }

    @Override
    public PixelImage apply(PixelImage image, SplittableRandom random) {
        double angle = Draws.uniform(random, -degrees, degrees);
        double moveX = Math.rint(Draws.uniform(random, -translate, translate) * image.width());
        double moveY = Math.rint(Draws.uniform(random, -translate, translate) * image.height());
        double scale = Draws.uniform(random, scaleMin, scaleMax);
        double sheared = Draws.uniform(random, -shear, shear);
        return Affine.of(0, 0, angle, moveX, moveY, scale, sheared, 0).apply(image);
    }
}
