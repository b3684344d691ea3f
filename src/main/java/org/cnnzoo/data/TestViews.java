package org.cnnzoo.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.errors.Labelled;

/**
 * A split in which each image stands several times, one view after the other, at the network's
 * size: what test-time augmentation runs through a network. All views of an image have its label
 * and its name, and can be decoded or none of them.
 */
public final class TestViews implements ImageSet {
    /** Which views of an image there are. */
    public enum Kind implements Labelled {
        /** The image alone, as it is always evaluated. */
        NONE(1),
        /** The image and its mirror image. */
        FLIP(2),
        /**
         * The four corners and the centre, and the mirror images of these five, in the order of
         * torchvision's {@code TenCrop}. They are cut from the whole image, resized so that its
         * shorter side is the network's size over the {@link Preprocessing#cropFraction} of the
         * network, where that is below 1, and else over {@value TestViews#FRACTION}: 256 px for 224
         * px, as in the paper of AlexNet, and 32 px for 28 px, so that the crops of small images
         * differ by up to 4 px. Where images are stretched or letterboxed, they are so to that
         * larger size first.
         */
        TEN_CROP(10);

        private final int count;

        Kind(int count) {
            this.count = count;
        }

        /** How many views an image has. */
        public int count() {
            return count;
        }

        /**
         * The kind of that name.
         *
         * @throws BadInput if there is none
         */
        public static Kind named(String name) {
            return Labelled.named("--tta", values(), name);
        }
    }

    /** The crop's share of the resized side, where a network has none of its own. */
    static final double FRACTION = 0.875;

    private final ImageSet images;
    private final Preprocessing preprocessing;
    private final Kind kind;

    /** Views of images whose last one was not asked for yet: each image is decoded once. */
    private final Map<Integer, List<PixelImage>> begun = new ConcurrentHashMap<>();

    /**
     * Views of a split's images.
     *
     * @param preprocessing of the network
     */
    public TestViews(ImageSet images, Preprocessing preprocessing, Kind kind) {
        this.images = images;
        this.preprocessing = preprocessing;
        this.kind = kind;
    }

    /** The views, ready for a {@link BatchLoader}; nothing of them is kept. */
    public PreparedImages prepared() {
        Preprocessing same =
                new Preprocessing(
                        preprocessing.channels(),
                        preprocessing.height(),
                        preprocessing.width(),
                        preprocessing.mode(),
                        preprocessing.normalization());
        return new PreparedImages(this, same, 0);
    }

    @Override
    public int size() {
        return Math.multiplyExact(images.size(), kind.count());
    }

    @Override
    public int label(int i) {
        return images.label(i / kind.count());
    }

    @Override
    public int source(int i) {
        return images.source(i / kind.count());
    }

    @Override
    public String name(int i) {
        return images.name(i / kind.count());
    }

    @Override
    public PixelImage image(int i) throws IOException {
        int index = i / kind.count();
        int view = i % kind.count();
        List<PixelImage> views = begun.get(index);
        if (views == null) {
            views = views(index);
            begun.put(index, views);
        }
        if (view == kind.count() - 1) {
            begun.remove(index);
        }
        return views.get(view);
    }

    private List<PixelImage> views(int index) throws IOException {
        if (kind != Kind.TEN_CROP) {
            PixelImage image =
                    preprocessing.resize(
                            images.image(index, preprocessing.height(), preprocessing.width()));
            return kind == Kind.NONE ? List.of(image) : List.of(image, image.flipHorizontally());
        }
        double fraction = preprocessing.cropFraction();
        double scale = 1 / (fraction < 1 ? fraction : FRACTION);
        int height = preprocessing.height();
        int width = preprocessing.width();
        int tall = (int) (height * scale + 1e-6);
        int wide = (int) (width * scale + 1e-6);
        PixelImage large = enlarged(images.image(index, tall, wide), tall, wide);
        List<PixelImage> views = new ArrayList<>(five(large, height, width));
        views.addAll(five(large.flipHorizontally(), height, width));
        return views;
    }

    /** At {@code tall x wide}, or, where the middle would be cut out of it, covering that. */
    private PixelImage enlarged(PixelImage image, int tall, int wide) {
        if (preprocessing.mode() == ResizeMode.CROP) {
            PixelImage source = preprocessing.channels() == 1 ? image.toGray() : image;
            double scale = Math.max((double) tall / image.height(), (double) wide / image.width());
            int height = Math.max(tall, (int) (image.height() * scale + 1e-6));
            int width = Math.max(wide, (int) (image.width() * scale + 1e-6));
            return source.resized(height, width).withChannels(preprocessing.channels());
        }
        return new Preprocessing(
                        preprocessing.channels(),
                        tall,
                        wide,
                        preprocessing.mode(),
                        preprocessing.normalization())
                .resize(image);
    }

    /** Upper left, upper right, lower left, lower right, centre. */
    private static List<PixelImage> five(PixelImage image, int height, int width) {
        int bottom = image.height() - height;
        int right = image.width() - width;
        // As torchvision's center_crop: half to even
        int middle = (int) Math.rint(bottom / 2.0);
        int centre = (int) Math.rint(right / 2.0);
        return List.of(
                image.window(0, 0, height, width),
                image.window(0, right, height, width),
                image.window(bottom, 0, height, width),
                image.window(bottom, right, height, width),
                image.window(middle, centre, height, width));
    }
}
