package org.cnnzoo.augment;

import java.util.SplittableRandom;
import org.cnnzoo.data.PixelImage;
import org.cnnzoo.data.Transform;

/**
 * Brings the image to a random size that covers a multiple of the network's, and cuts the network's
 * out at a random place: the papers' augmentation from AlexNet (256 for 224 pixels) through VGG
 * (256 to 512) to ResNet (256 to 480); torchvision's {@code RandomShortestSize} and {@code
 * RandomCrop}.
 *
 * @param height of the result, pixels
 * @param width of the result, pixels
 * @param from the least multiple, 1 or more
 * @param to the greatest
 */
public record RandomScaleCrop(int height, int width, double from, double to) implements Transform {
    public RandomScaleCrop {
        if (height < 1 || width < 1 || !(from >= 1 && to >= from)) {
            throw new IllegalArgumentException(
                    "crop to %dx%d from %s to %s".formatted(height, width, from, to));
        }
    }

    @Override
    public PixelImage apply(PixelImage image, SplittableRandom random) {
        double times = Draws.uniform(random, from, to);
        double scale =
                times * Math.max((double) height / image.height(), (double) width / image.width());
        int h = Math.max(height, (int) (image.height() * scale));
        int w = Math.max(width, (int) (image.width() * scale));
        int top = random.nextInt(h - height + 1);
        int left = random.nextInt(w - width + 1);
        return image.resizedWindow(h, w, top, left, height, width);
    }
}
