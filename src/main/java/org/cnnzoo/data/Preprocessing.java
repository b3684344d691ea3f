package org.cnnzoo.data;

/**
 * From an image of any size and channels to what the network takes.
 *
 * <p>Travels in checkpoints as JSON, so that an image is prepared for prediction as it was for
 * training.
 *
 * @param channels of the network's input, 1 or 3
 * @param height of the network's input
 * @param width of the network's input
 * @param mode what happens to an image of another shape
 * @param normalization for {@code channels} channels
 * @param cropFraction side of the centre crop over the image's resized side, in CROP alone: 1 cuts
 *     off no more than it must, 0.875 is the usual 256 px resized, 224 px cropped (timm's
 *     crop_pct). Checkpoints written before it was there have none, which is read as 1
 */
public record Preprocessing(
        int channels,
        int height,
        int width,
        ResizeMode mode,
        Normalization normalization,
        double cropFraction) {
    public Preprocessing {
        cropFraction = cropFraction == 0 ? 1 : cropFraction;
        if (!(cropFraction > 0 && cropFraction <= 1)) {
            throw new IllegalArgumentException(
                    "a crop must be above 0 and at most 1 of the side, not " + cropFraction);
        }
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException("no pixels: " + height + "x" + width);
        }
        if (normalization.channels() != channels) {
            throw new IllegalArgumentException(
                    "a normalisation of %d channels for %d"
                            .formatted(normalization.channels(), channels));
        }
    }

    /**
     * How many times the network's size a whole image is kept at, for a random crop to cut from.
     */
    static final int SPARE = 2;

    /** The same without a smaller crop. */
    public Preprocessing(
            int channels, int height, int width, ResizeMode mode, Normalization normalization) {
        this(channels, height, width, mode, normalization, 1);
    }

    /** For a data set's images at the network's size: its own mean and deviation. */
    public static Preprocessing of(
            Dataset data, int channels, int height, int width, ResizeMode mode) {
        return new Preprocessing(
                channels, height, width, mode, data.normalization().forChannels(channels));
    }

    /** The same for another size of the network's input, in pixels. */
    public Preprocessing withSize(int newHeight, int newWidth) {
        return new Preprocessing(channels, newHeight, newWidth, mode, normalization, cropFraction);
    }

    /** The same but for mean and deviation, made to fit the channels. */
    public Preprocessing withNormalization(Normalization other) {
        return new Preprocessing(
                channels, height, width, mode, other.forChannels(channels), cropFraction);
    }

    /** The image as {@code [channels, height, width]}, still 8 bit. */
    public PixelImage resize(PixelImage image) {
        int h = image.height();
        int w = image.width();
        if (h == height && w == width && cropFraction == 1) {
            return image.withChannels(channels);
        }
        // The fewest channels through the resize, for speed; the result is the same within rounding
        PixelImage source = channels == 1 ? image.toGray() : image;
        PixelImage sized =
                switch (mode) {
                    case STRETCH -> source.resized(height, width);
                    case CROP ->
                            centred(
                                    source,
                                    Math.max((double) height / h, (double) width / w)
                                            / cropFraction);
                    case LETTERBOX ->
                            centred(source, Math.min((double) height / h, (double) width / w));
                };
        return sized.withChannels(channels);
    }

    /** The whole image, scaled down where it is more than twice as large as the network needs. */
    PixelImage reduce(PixelImage image) {
        PixelImage source = channels == 1 ? image.toGray() : image;
        double scale =
                SPARE * Math.max((double) height / image.height(), (double) width / image.width());
        if (scale >= 1) {
            return source.withChannels(channels);
        }
        return source.resized(scaled(image.height(), scale), scaled(image.width(), scale))
                .withChannels(channels);
    }

    private PixelImage centred(PixelImage image, double scale) {
        int h = scaled(image.height(), scale);
        int w = scaled(image.width(), scale);
        int top = middle(h - height);
        int left = middle(w - width);
        return h >= height && w >= width
                ? Bilinear.window(image, h, w, new Bilinear.Window(top, left, height, width))
                : image.resized(h, w).window(top, left, height, width);
    }

    /** As torchvision's center_crop: half to even for a crop, the smaller half before a border. */
    private static int middle(int surplus) {
        return surplus >= 0 ? (int) Math.rint(surplus / 2.0) : -(-surplus / 2);
    }

    /** Cut off, not rounded, as torchvision does it; but a whole number stays one. */
    private static int scaled(int side, double scale) {
        double exact = side * scale;
        double whole = Math.rint(exact);
        return Math.max(1, (int) (Math.abs(exact - whole) < 1e-6 ? whole : exact));
    }

    /** Number of floats of one image: {@code C * H * W}. */
    public int length() {
        return channels * height * width;
    }

    /**
     * Writes a resized image, normalised, into {@code out} from {@code offset} on.
     *
     * @param image {@code [channels, height, width]}, as {@link #resize} gives it
     */
    public void normalize(PixelImage image, float[] out, int offset) {
        if (image.channels() != channels || image.height() != height || image.width() != width) {
            throw new IllegalArgumentException(image + " where " + this + " was expected");
        }
        int plane = height * width;
        byte[] pixels = image.pixels();
        float[] mean = normalization.mean();
        float[] std = normalization.std();
        for (int c = 0; c < channels; c++) {
            float[] table = new float[256];
            for (int v = 0; v < 256; v++) {
                table[v] = (v / 255f - mean[c]) / std[c];
            }
            for (int i = c * plane; i < (c + 1) * plane; i++) {
                out[offset + i] = table[pixels[i] & 0xFF];
            }
        }
    }

    /** A normalised image as 8-bit pixels again, rounded. */
    PixelImage pixels(float[] array, int offset) {
        int plane = height * width;
        byte[] out = new byte[length()];
        for (int i = 0; i < out.length; i++) {
            int c = i / plane;
            float share = array[offset + i] * normalization.std()[c] + normalization.mean()[c];
            out[i] = (byte) Math.max(0, Math.min(255, Math.round(share * 255)));
        }
        return new PixelImage(channels, height, width, out);
    }

    /** One image, resized and normalised: {@code [C, H, W]}. */
    public float[] apply(PixelImage image) {
        float[] out = new float[length()];
        normalize(resize(image), out, 0);
        return out;
    }

    /**
     * A sentence for the log on what happens to the data set's images, such as {@code images are
     * resized from 28x28 to 32x32, grey repeated in 3 channels}.
     */
    public String describe(Dataset data) {
        String sizes = "images stay %dx%d".formatted(height, width);
        if (data.height() != height || data.width() != width || !data.uniformSize()) {
            sizes =
                    "images are resized from %s to %dx%d (%s)"
                            .formatted(
                                    data.uniformSize()
                                            ? data.height() + "x" + data.width()
                                            : "various sizes",
                                    height,
                                    width,
                                    mode.label());
        }
        if (data.channels() == channels) {
            return sizes;
        }
        return sizes + (channels == 3 ? ", grey repeated in 3 channels" : ", colour made grey");
    }
}
