package org.cnnzoo.augment;

import java.util.SplittableRandom;
import org.cnnzoo.data.PixelImage;
import org.cnnzoo.data.Seeds;
import org.cnnzoo.data.Transform;

/**
 * Changes brightness, contrast, saturation and hue in a random order, as torchvision's {@code
 * ColorJitter}: factors are uniform in {@code [max(0, 1 - x), 1 + x]}, the hue's turn in {@code
 * [-h, h]}.
 *
 * @param brightness 0 or more
 * @param contrast 0 or more
 * @param saturation 0 or more; a grey image has none
 * @param hue 0 to 0.5; a grey image has none
 */
public record ColorJitter(double brightness, double contrast, double saturation, double hue)
        implements Transform {
    public ColorJitter {
        if (!(brightness >= 0 && contrast >= 0 && saturation >= 0 && hue >= 0 && hue <= 0.5)) {
            throw new IllegalArgumentException(
                    "jitter of %s, %s, %s, %s".formatted(brightness, contrast, saturation, hue));
        }
    }

    @Override
    public PixelImage apply(PixelImage image, SplittableRandom random) {
        double bright = factor(random, brightness);
        double contrasty = factor(random, contrast);
        double saturated = factor(random, saturation);
        double turn = Draws.uniform(random, -hue, hue);
        PixelImage result = image;
        for (int which : Seeds.permutation(4, random)) {
            result =
                    switch (which) {
                        case 0 -> bright == 1 ? result : Pixels.brightness(result, bright);
                        case 1 -> contrasty == 1 ? result : Pixels.contrast(result, contrasty);
                        case 2 -> saturated == 1 ? result : Pixels.saturation(result, saturated);
                        default -> turn == 0 ? result : Pixels.hue(result, turn);
                    };
        }
        return result;
    }

    private static double factor(SplittableRandom random, double strength) {
        return Draws.uniform(random, Math.max(0, 1 - strength), 1 + strength);
    }
}
