package org.cnnzoo.recipe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cnnzoo.augment.BatchMixing;
import org.cnnzoo.augment.ColorJitter;
import org.cnnzoo.augment.PcaColor;
import org.cnnzoo.augment.RandAugment;
import org.cnnzoo.augment.RandomAffine;
import org.cnnzoo.augment.RandomCrop;
import org.cnnzoo.augment.RandomErasing;
import org.cnnzoo.augment.RandomHorizontalFlip;
import org.cnnzoo.augment.RandomResizedCrop;
import org.cnnzoo.augment.RandomVerticalFlip;
import org.cnnzoo.augment.TrivialAugment;
import org.cnnzoo.data.ArrayTransform;
import org.cnnzoo.data.Augmentation;
import org.cnnzoo.data.Mixing;
import org.cnnzoo.data.Transform;
import org.cnnzoo.errors.BadInput;

/** A configuration's augmentation. */
public final class AugmentationSettings {
    private static final double NARROWEST = 3.0 / 4;
    private static final double WIDEST = 4.0 / 3;

    private AugmentationSettings() {}

    /**
     * The changes in the order of torchvision's reference training: crop, flips, affine, colour,
     * policy; then erasing, then mixing.
     *
     * @param channels of the network's input
     * @param height of the network's input
     * @param width of the network's input
     * @throws BadInput if one of them would have no effect
     */
    public static Augmentation of(Configuration from, int channels, int height, int width) {
        double smallest = from.get(Settings.RANDOM_RESIZED_CROP);
        int padding = from.count(Settings.CROP_PADDING);
        if (smallest > 0 && padding > 0) {
            throw new BadInput(
                    "--crop-padding has no effect with --random-resized-crop, which cuts out of the"
                            + " whole image; give one of them");
        }
        if (channels == 1) {
            refuseOnGrey(from, Settings.HUE_JITTER);
            refuseOnGrey(from, Settings.PCA_COLOR);
        }
        Optional<Transform> crop =
                smallest > 0
                        ? Optional.of(
                                new RandomResizedCrop(
                                        height, width, smallest, 1, NARROWEST, WIDEST))
                        : Optional.empty();
        List<Transform> transforms = new ArrayList<>();
        if (padding > 0) {
            transforms.add(new RandomCrop(padding));
        }
        if (from.get(Settings.HFLIP_PROB) > 0) {
            transforms.add(new RandomHorizontalFlip(from.get(Settings.HFLIP_PROB)));
        }
        if (from.get(Settings.VFLIP_PROB) > 0) {
            transforms.add(new RandomVerticalFlip(from.get(Settings.VFLIP_PROB)));
        }
        addAffine(from, transforms);
        addColour(from, transforms);
        addPolicy(from, transforms);
        List<ArrayTransform> arrays =
                from.get(Settings.RANDOM_ERASE) > 0
                        ? List.of(new RandomErasing(from.get(Settings.RANDOM_ERASE)))
                        : List.of();
        return new Augmentation(crop, transforms, arrays, mixing(from));
    }

    private static void refuseOnGrey(Configuration from, Setting<Double> setting) {
        if (from.get(setting) > 0) {
            throw new BadInput(
                    setting.flag() + " has no effect: the network's input is grey, without colour");
        }
    }

    private static void addAffine(Configuration from, List<Transform> transforms) {
        double degrees = from.get(Settings.ROTATION);
        double translate = from.get(Settings.TRANSLATE);
        double scale = from.get(Settings.SCALE_JITTER);
        double shear = from.get(Settings.SHEAR);
        if (degrees > 0 || translate > 0 || scale > 0 || shear > 0) {
            transforms.add(new RandomAffine(degrees, translate, 1 - scale, 1 + scale, shear));
        }
    }

    private static void addColour(Configuration from, List<Transform> transforms) {
        double colour = from.get(Settings.COLOR_JITTER);
        double hue = from.get(Settings.HUE_JITTER);
        if (colour > 0 || hue > 0) {
            transforms.add(new ColorJitter(colour, colour, colour, hue));
        }
        if (from.get(Settings.PCA_COLOR) > 0) {
            transforms.add(new PcaColor(from.get(Settings.PCA_COLOR)));
        }
    }

    private static void addPolicy(Configuration from, List<Transform> transforms) {
        switch (from.get(Settings.AUTO_AUGMENT)) {
            case "ra" -> {
                int magnitude = from.count(Settings.RA_MAGNITUDE);
                if (magnitude > RandAugment.STRONGEST) {
                    throw new BadInput(
                            "--ra-magnitude must be 0 to 30, not %d".formatted(magnitude));
                }
                transforms.add(new RandAugment(from.count(Settings.RA_OPS), magnitude));
            }
            case "ta_wide" -> transforms.add(new TrivialAugment());
            default -> {}
        }
    }

    private static Optional<Mixing> mixing(Configuration from) {
        double mixup = from.get(Settings.MIXUP_ALPHA);
        double cutmix = from.get(Settings.CUTMIX_ALPHA);
        return mixup > 0 || cutmix > 0
                ? Optional.of(new BatchMixing(mixup, cutmix))
                : Optional.empty();
    }
}
