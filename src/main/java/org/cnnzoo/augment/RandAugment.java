package org.cnnzoo.augment;

import java.util.SplittableRandom;
import org.cnnzoo.data.PixelImage;
import org.cnnzoo.data.Transform;

/**
 * A few changes drawn from fourteen, all at one magnitude (Cubuk et al. 2019), as torchvision's
 * {@code RandAugment}.
 *
 * @param ops how many, one after another; torchvision's default is 2
 * @param magnitude 0 to 30; torchvision's default is 9
 */
public record RandAugment(int ops, int magnitude) implements Transform {
    /** The greatest magnitude. */
    public static final int STRONGEST = 30;

    public RandAugment {
        if (ops < 1 || magnitude < 0 || magnitude > STRONGEST) {
            throw new IllegalArgumentException(
                    "RandAugment of %d changes at %d".formatted(ops, magnitude));
        }
    }

    @Override
    public PixelImage apply(PixelImage image, SplittableRandom random) {
        PixelImage result = image;
        for (int i = 0; i < ops; i++) {
            PolicyOp op = PolicyOp.draw(random);
            double strength = strength(op, magnitude, image);
            boolean negative = random.nextInt(2) == 1;
            result = op.apply(result, op.signed() && negative ? -strength : strength);
        }
        return result;
    }

    /** torchvision's {@code _augmentation_space}, 31 bins. */
    static double strength(PolicyOp op, int magnitude, PixelImage image) {
        double share = magnitude / (double) STRONGEST;
        return switch (op) {
            case IDENTITY, AUTO_CONTRAST, EQUALIZE -> 0;
            case SHEAR_X, SHEAR_Y -> 0.3 * share;
            case TRANSLATE_X -> 150.0 / 331 * image.width() * share;
            case TRANSLATE_Y -> 150.0 / 331 * image.height() * share;
            case ROTATE -> 30 * share;
            case BRIGHTNESS, COLOR, CONTRAST, SHARPNESS -> 0.9 * share;
            case POSTERIZE -> 8 - Math.rint(4 * share);
            case SOLARIZE -> 255 - 255 * share;
        };
    }
}
