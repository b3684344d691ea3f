package org.cnnzoo.data;

import java.util.ArrayList;
import java.util.List;

/**
 * The random changes that training images go through, in order.
 *
 * @param transforms applied first to last, each with its own random stream
 */
public record Augmentation(List<Transform> transforms) {
    /** No change: for validation, test and prediction. */
    public static final Augmentation NONE = new Augmentation(List.of());

    private static final long STREAM = 0x617567; // "aug"

    public Augmentation {
        transforms = List.copyOf(transforms);
    }

    /**
     * A random crop, then a random horizontal flip; either is absent at 0.
     *
     * @param horizontalFlip probability, 0..1
     * @param cropPadding pixels of black on each side before the crop
     */
    public Augmentation(double horizontalFlip, int cropPadding) {
        this(flipAndCrop(horizontalFlip, cropPadding));
    }

    private static List<Transform> flipAndCrop(double horizontalFlip, int cropPadding) {
        List<Transform> list = new ArrayList<>();
        if (cropPadding != 0) {
            list.add(new RandomCrop(cropPadding));
        }
        if (horizontalFlip != 0) {
            list.add(new RandomHorizontalFlip(horizontalFlip));
        }
        return list;
    }

    /**
     * The image as it is trained on in an epoch.
     *
     * @param image {@code [C, H, W]}, at the network's size
     * @param seed of the run
     * @param epoch from 0
     * @param sample the image's index in its split
     */
    public PixelImage apply(PixelImage image, long seed, int epoch, int sample) {
        PixelImage result = image;
        for (int t = 0; t < transforms.size(); t++) {
            // A stream for each place in the list: one more transform leaves the others' draws
            // alone
            result = transforms.get(t).apply(result, Seeds.random(STREAM, seed, epoch, sample, t));
        }
        return result;
    }
}
