package org.cnnzoo.data;

import java.util.List;
import java.util.Optional;

/**
 * The random changes that training images go through, in order.
 *
 * @param crop brings an image of another size to the network's, in place of the usual resize
 * @param transforms of 8-bit images, applied first to last, each with its own random stream
 * @param arrayTransforms of normalised images, likewise
 * @param mixing of a batch's images
 */
public record Augmentation(
        Optional<Transform> crop,
        List<Transform> transforms,
        List<ArrayTransform> arrayTransforms,
        Optional<Mixing> mixing) {
    /** No change: for validation, test and prediction. */
    public static final Augmentation NONE = new Augmentation(List.of());

    private static final long STREAM = 0x617567; // "aug"
    private static final long CROP_STREAM = 0x637270; // "crp"
    private static final long ARRAY_STREAM = 0x617272; // "arr"
    private static final long MIX_STREAM = 0x6d6978; // "mix"

    public Augmentation {
        transforms = List.copyOf(transforms);
        arrayTransforms = List.copyOf(arrayTransforms);
    }

    /** Changes of 8-bit images alone. */
    public Augmentation(List<Transform> transforms) {
        this(Optional.empty(), transforms, List.of(), Optional.empty());
    }

    /**
     * The image as it is trained on in an epoch.
     *
     * @param image {@code [C, H, W]}, at the network's size unless there is a {@link #crop}
     * @param seed of the run
     * @param epoch from 0
     * @param sample the image's index in its split
     */
    public PixelImage apply(PixelImage image, long seed, int epoch, int sample) {
        PixelImage result = image;
        if (crop.isPresent()) {
            result = crop.get().apply(result, Seeds.random(CROP_STREAM, seed, epoch, sample));
        }
        for (int t = 0; t < transforms.size(); t++) {
            // A stream for each place in the list: one more transform leaves the others' draws
            // alone
            result = transforms.get(t).apply(result, Seeds.random(STREAM, seed, epoch, sample, t));
        }
        return result;
    }

    /**
     * Changes the normalised image that begins at {@code offset}, in place.
     *
     * @param shape of the image
     */
    void applyTo(float[] array, int offset, Preprocessing shape, long seed, int epoch, int sample) {
        for (int t = 0; t < arrayTransforms.size(); t++) {
            arrayTransforms
                    .get(t)
                    .apply(
                            array,
                            offset,
                            shape.channels(),
                            shape.height(),
                            shape.width(),
                            Seeds.random(ARRAY_STREAM, seed, epoch, sample, t));
        }
    }

    /**
     * Mixes a batch's images in place.
     *
     * @return the share that each image has in what it became; 1 if nothing is mixed
     */
    double mix(float[] images, int count, Preprocessing shape, long seed, int epoch, int batch) {
        if (mixing.isEmpty() || count < 2) {
            return 1;
        }
        return mixing.get()
                .apply(
                        images,
                        count,
                        shape.channels(),
                        shape.height(),
                        shape.width(),
                        Seeds.random(MIX_STREAM, seed, epoch, batch));
    }
}
