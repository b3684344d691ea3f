package org.cnnzoo.augment;

import java.util.List;
import java.util.SplittableRandom;
import org.cnnzoo.data.PixelImage;

/** The changes that RandAugment and TrivialAugment choose from, in torchvision's order. */
enum PolicyOp {
    IDENTITY(false),
    SHEAR_X(true),
    SHEAR_Y(true),
    TRANSLATE_X(true),
    TRANSLATE_Y(true),
    ROTATE(true),
    BRIGHTNESS(true),
    COLOR(true),
    CONTRAST(true),
    SHARPNESS(true),
    POSTERIZE(false),
    SOLARIZE(false),
    AUTO_CONTRAST(false),
    EQUALIZE(false);

    private static final List<PolicyOp> ALL = List.of(values());

    private final boolean signed;

    PolicyOp(boolean signed) {
        this.signed = signed;
    }

    /** One of them, each as likely. */
    static PolicyOp draw(SplittableRandom random) {
        return ALL.get(random.nextInt(ALL.size()));
    }

    /** Whether the magnitude's sign is drawn too. */
    boolean signed() {
        return signed;
    }

    /**
     * The changed image.
     *
     * @param magnitude of shears a slope, of moves pixels, of the rotation degrees, of the colour
     *     ones what is added to the factor 1, of {@link #POSTERIZE} bits, of {@link #SOLARIZE} a
     *     threshold
     */
    PixelImage apply(PixelImage image, double magnitude) {
        double middleX = -0.5 * image.width();
        double middleY = -0.5 * image.height();
        double slope = Math.toDegrees(Math.atan(magnitude));
        return switch (this) {
            case IDENTITY -> image;
            case SHEAR_X -> Affine.of(middleX, middleY, 0, 0, 0, 1, slope, 0).apply(image);
            case SHEAR_Y -> Affine.of(middleX, middleY, 0, 0, 0, 1, 0, slope).apply(image);
            case TRANSLATE_X -> Affine.of(0, 0, 0, (int) magnitude, 0, 1, 0, 0).apply(image);
            case TRANSLATE_Y -> Affine.of(0, 0, 0, 0, (int) magnitude, 1, 0, 0).apply(image);
            case ROTATE -> Affine.rotation(-magnitude).apply(image);
            case BRIGHTNESS -> Pixels.brightness(image, 1 + magnitude);
            case COLOR -> Pixels.saturation(image, 1 + magnitude);
            case CONTRAST -> Pixels.contrast(image, 1 + magnitude);
            case SHARPNESS -> Pixels.sharpness(image, 1 + magnitude);
            case POSTERIZE -> Pixels.posterize(image, (int) magnitude);
            case SOLARIZE -> Pixels.solarize(image, magnitude);
            case AUTO_CONTRAST -> Pixels.autocontrast(image);
            case EQUALIZE -> Pixels.equalize(image);
        };
    }
}
