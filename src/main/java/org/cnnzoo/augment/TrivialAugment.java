package org.cnnzoo.augment;

import java.util.SplittableRandom;
import org.cnnzoo.data.PixelImage;
import org.cnnzoo.data.Transform;

/**
 * One change at one magnitude, both drawn anew for each image (Müller and Hutter 2021), as
 * torchvision's {@code TrivialAugmentWide}.
 */
public record TrivialAugment() implements Transform {
    @Override
    public PixelImage apply(PixelImage image, SplittableRandom random) {
        PolicyOp op = PolicyOp.draw(random);
        double strength = strength(op, random.nextInt(RandAugment.STRONGEST + 1));
        boolean negative = random.nextInt(2) == 1;
        return op.apply(image, op.signed() && negative ? -strength : strength);
    }

    /** torchvision's {@code _augmentation_space}, 31 bins. */
    static double strength(PolicyOp op, int magnitude) {
        double share = magnitude / (double) RandAugment.STRONGEST;
        return switch (op) {
            case IDENTITY, AUTO_CONTRAST, EQUALIZE -> 0;
            case SHEAR_X, SHEAR_Y, BRIGHTNESS, COLOR, CONTRAST, SHARPNESS -> 0.99 * share;
            case TRANSLATE_X, TRANSLATE_Y -> 32 * share;
            case ROTATE -> 135 * share;
            case POSTERIZE -> 8 - Math.rint(6 * share);
            case SOLARIZE -> 255 - 255 * share;
        };
    }
}
