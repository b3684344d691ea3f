package org.cnnzoo.augment;

import java.util.SplittableRandom;
import org.cnnzoo.data.PixelImage;
import org.cnnzoo.data.Transform;

/**
 * AlexNet's colour change (Krizhevsky et al. 2012, section 4.1): to every pixel the principal
 * components of ImageNet's colours are added, each times its eigenvalue and a normal deviate drawn
 * once an image. A grey image has no colour to change and stays as it is.
 *
 * @param deviation of the normal deviates; the paper's is 0.1
 */
public record PcaColor(double deviation) implements Transform {
    // Of ImageNet's pixels in 0..1, as fb.resnet.torch and timm have them
    private static final double[] VALUES = {0.2175, 0.0188, 0.0045};
    private static final double[][] VECTORS = {
        {-0.5675, 0.7192, 0.4009}, {-0.5808, -0.0045, -0.8140}, {-0.5836, -0.6948, 0.4203}
    };

    public PcaColor {
        if (!(deviation >= 0)) {
            throw new IllegalArgumentException("deviation must be 0 or more, not " + deviation);
        }
    }

    @Override
    public PixelImage apply(PixelImage image, SplittableRandom random) {
        double[] alpha = new double[3];
        for (int i = 0; i < 3; i++) {
            alpha[i] = deviation * Draws.gaussian(random);
        }
        return shifted(image, alpha);
    }

    /** The image with these multiples of the components. */
    static PixelImage shifted(PixelImage image, double[] alpha) {
        if (image.channels() == 1) {
            return image;
        }
        int plane = image.height() * image.width();
        byte[] out = new byte[3 * plane];
        for (int c = 0; c < 3; c++) {
            double shift = 0;
            for (int i = 0; i < 3; i++) {
                shift += VECTORS[c][i] * alpha[i] * VALUES[i] * 255;
            }
            for (int i = c * plane; i < (c + 1) * plane; i++) {
                double moved = Math.rint((image.pixels()[i] & 0xFF) + shift);
                out[i] = (byte) (int) Math.max(0, Math.min(255, moved));
            }
        }
        return new PixelImage(3, image.height(), image.width(), out);
    }
}
