package org.cnnzoo.recipe;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cnnzoo.augment.BatchMixing;
import org.cnnzoo.augment.ColorJitter;
import org.cnnzoo.augment.PcaColor;
import org.cnnzoo.augment.RandAugment;
import org.cnnzoo.augment.RandomAffine;
import org.cnnzoo.augment.RandomCrop;
import org.cnnzoo.augment.RandomErasing;
import org.cnnzoo.augment.RandomHorizontalFlip;
import org.cnnzoo.augment.RandomResizedCrop;
import org.cnnzoo.augment.RandomScaleCrop;
import org.cnnzoo.augment.RandomVerticalFlip;
import org.cnnzoo.augment.TrivialAugment;
import org.cnnzoo.data.ArrayTransform;
import org.cnnzoo.data.Augmentation;
import org.cnnzoo.data.Mixing;
import org.cnnzoo.data.Transform;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.recipe.Source.Rank;

/** A configuration's augmentation. */
public final class AugmentationSettings {
    private static final double NARROWEST = 3.0 / 4;
    private static final double WIDEST = 4.0 / 3;
    private static final Pattern FROM_TO =
            Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,9})?)(?::([0-9]{1,3}(?:\\.[0-9]{1,9})?))?");

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
        Optional<String> scale = from.find(Settings.SCALE_CROP);
        refuseTwo(padding > 0, Settings.CROP_PADDING, smallest > 0, Settings.RANDOM_RESIZED_CROP);
        refuseTwo(padding > 0, Settings.CROP_PADDING, scale.isPresent(), Settings.SCALE_CROP);
        refuseTwo(
                scale.isPresent(), Settings.SCALE_CROP, smallest > 0, Settings.RANDOM_RESIZED_CROP);
        if (channels == 1) {
            refuseOnGrey(from, Settings.HUE_JITTER);
            refuseOnGrey(from, Settings.PCA_COLOR);
        }
        Optional<Transform> crop =
                smallest > 0
                        ? Optional.of(
                                new RandomResizedCrop(
                                        height, width, smallest, 1, NARROWEST, WIDEST))
                        : scale.map(times -> scaleCrop(times, height, width));
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
        addColour(from, channels == 1, transforms);
        addPolicy(from, transforms);
        List<ArrayTransform> arrays =
                from.get(Settings.RANDOM_ERASE) > 0
                        ? List.of(new RandomErasing(from.get(Settings.RANDOM_ERASE)))
                        : List.of();
        return new Augmentation(crop, transforms, arrays, mixing(from));
    }

    private static void refuseTwo(boolean one, Setting<?> first, boolean two, Setting<?> second) {
        if (one && two) {
            throw new BadInput(
                    "%s has no effect with %s, which cuts out of the whole image; give one of them"
                            .formatted(first.flag(), second.flag()));
        }
    }

    private static Transform scaleCrop(String text, int height, int width) {
        Matcher figures = FROM_TO.matcher(text.strip());
        if (figures.matches()) {
            double least = Double.parseDouble(figures.group(1));
            double most = figures.group(2) == null ? least : Double.parseDouble(figures.group(2));
            if (least >= 1 && most >= least) {
                return new RandomScaleCrop(height, width, least, most);
            }
        }
        throw new BadInput(
                "--scale-crop: FROM or FROM:TO was expected, each 1 or more, such as 1.143:2.286, not '%s'"
                        .formatted(text));
    }

    /** A recipe's colours are left out where there are none; a flag's would be a mistake. */
    private static void refuseOnGrey(Configuration from, Setting<Double> setting) {
        if (from.get(setting) > 0 && from.source(setting).rank() == Rank.COMMAND_LINE) {
            throw new BadInput(
                    setting.flag() + " has no effect: the images or the network's input are grey");
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

    private static void addColour(Configuration from, boolean grey, List<Transform> transforms) {
        double colour = from.get(Settings.COLOR_JITTER);
        double hue = grey ? 0 : from.get(Settings.HUE_JITTER);
        if (colour > 0 || hue > 0) {
            transforms.add(new ColorJitter(colour, colour, colour, hue));
        }
        if (from.get(Settings.PCA_COLOR) > 0 && !grey) {
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
