package org.cnnzoo.data;

import java.awt.AWTError;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.cnnzoo.errors.WorkFailed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A picture of what the network will see: a grid of a split's images, evenly spaced, at the
 * network's size, each with its class or another caption below, and beside each, where there is
 * augmentation, the image as trained on.
 */
public final class ContactSheet {
    private static final Logger log = LoggerFactory.getLogger(ContactSheet.class);

    /** Smaller images are enlarged by a whole factor until they have this many pixels. */
    private static final int LEAST_SIDE = 84;

    private static final int SHEET_WIDTH = 1000;
    private static final int GAP = 8;
    private static final int CAPTION = 18;
    private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

    private final IntFunction<String> captions;
    private final PreparedImages images;
    private final Augmentation augmentation;
    private final long seed;

    /**
     * A sheet of a split's images.
     *
     * @param classes names by label
     * @param images of the split
     * @param augmentation {@link Augmentation#NONE} for one column an image
     * @param seed of the augmentation, as of a run's first epoch
     */
    public ContactSheet(
            List<String> classes, PreparedImages images, Augmentation augmentation, long seed) {
        this(i -> classes.get(images.set().label(i)), images, augmentation, seed);
    }

    /**
     * A sheet of images with something else below them than their classes, and no augmentation.
     *
     * @param captions of the images, by index
     */
    public ContactSheet(IntFunction<String> captions, PreparedImages images) {
        this(captions, images, Augmentation.NONE, 0);
    }

    private ContactSheet(
            IntFunction<String> captions,
            PreparedImages images,
            Augmentation augmentation,
            long seed) {
        this.captions = captions;
        this.images = images;
        this.augmentation = augmentation;
        this.seed = seed;
    }

    /**
     * Draws {@code count} images, or as many as there are; those that can't be decoded don't count.
     *
     * @throws WorkFailed if none can be decoded
     */
    public BufferedImage draw(int count) {
        List<Integer> indices = new ArrayList<>();
        List<PixelImage> shown = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        // Evenly spaced, since a folder's images are in the order of their classes
        int size = images.set().size();
        int slots = Math.min(count, size);
        for (int slot = 0; slot < slots; slot++) {
            int end = (int) ((slot + 1L) * size / slots);
            for (int i = (int) ((long) slot * size / slots); i < end; i++) {
                Optional<PixelImage> image = images.image(i);
                if (image.isPresent()) {
                    indices.add(i);
                    shown.add(image.get());
                    texts.add(captions.apply(i));
                    break;
                }
            }
        }
        if (shown.isEmpty()) {
            throw new WorkFailed("nothing to show: none of the images can be decoded");
        }
        List<List<PixelImage>> tiles = versions(shown, indices);
        PixelImage first = tiles.get(0).get(0);
        int zoom = zoom(first);
        int tileWidth = tiles.get(0).size() * (first.width() * zoom + 2) - 2;
        int tileHeight = first.height() * zoom + CAPTION;
        int columns = Math.max(1, Math.min(tiles.size(), SHEET_WIDTH / (tileWidth + GAP)));
        int rows = (tiles.size() + columns - 1) / columns;
        BufferedImage sheet =
                new BufferedImage(
                        GAP + columns * (tileWidth + GAP),
                        GAP + rows * (tileHeight + GAP),
                        BufferedImage.TYPE_INT_RGB);
        int[] white = new int[sheet.getWidth() * sheet.getHeight()];
        Arrays.fill(white, 0xFFFFFF);
        sheet.setRGB(0, 0, sheet.getWidth(), sheet.getHeight(), white, 0, sheet.getWidth());
        for (int t = 0; t < tiles.size(); t++) {
            int left = GAP + t % columns * (tileWidth + GAP);
            int top = GAP + t / columns * (tileHeight + GAP);
            for (PixelImage version : tiles.get(t)) {
                paint(version, zoom, sheet, left, top);
                left += version.width() * zoom + 2;
            }
        }
        caption(sheet, texts, columns, tileWidth, tileHeight);
        return sheet;
    }

    /** Each image as it is evaluated, and beside it as trained on, if that is another. */
    private List<List<PixelImage>> versions(List<PixelImage> shown, List<Integer> indices) {
        Preprocessing preprocessing = images.preprocessing();
        List<List<PixelImage>> versions = new ArrayList<>();
        for (PixelImage image : shown) {
            versions.add(new ArrayList<>(List.of(preprocessing.resize(image))));
        }
        if (!augmentation.equals(Augmentation.NONE)) {
            int length = preprocessing.length();
            float[] batch = new float[shown.size() * length];
            for (int n = 0; n < shown.size(); n++) {
                int sample = indices.get(n);
                preprocessing.normalize(
                        augmentation.apply(shown.get(n), seed, 0, sample), batch, n * length);
                augmentation.applyTo(batch, n * length, preprocessing, seed, 0, sample);
            }
            augmentation.mix(batch, shown.size(), preprocessing, seed, 0, 0);
            for (int n = 0; n < shown.size(); n++) {
                versions.get(n).add(preprocessing.pixels(batch, n * length));
            }
        }
        return versions;
    }

    private static int zoom(PixelImage image) {
        int side = Math.min(image.height(), image.width());
        return Math.max(1, (LEAST_SIDE + side - 1) / side);
    }

    private static void paint(PixelImage image, int zoom, BufferedImage sheet, int left, int top) {
        PixelImage rgb = image.toRgb();
        for (int y = 0; y < rgb.height() * zoom; y++) {
            for (int x = 0; x < rgb.width() * zoom; x++) {
                int color =
                        rgb.at(0, y / zoom, x / zoom) << 16
                                | rgb.at(1, y / zoom, x / zoom) << 8
                                | rgb.at(2, y / zoom, x / zoom);
                sheet.setRGB(left + x, top + y, color);
            }
        }
    }

    private static void caption(
            BufferedImage sheet, List<String> captions, int columns, int width, int height) {
        try {
            Graphics2D graphics = sheet.createGraphics();
            graphics.setColor(Color.BLACK);
            graphics.setFont(FONT);
            graphics.setRenderingHint(
                    RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            FontMetrics metrics = graphics.getFontMetrics();
            for (int t = 0; t < captions.size(); t++) {
                int left = GAP + t % columns * (width + GAP);
                int top = GAP + t / columns * (height + GAP);
                String text = fitting(captions.get(t), metrics, width);
                graphics.drawString(text, left, top + height - 5);
            }
            graphics.dispose();
        } catch (RuntimeException | LinkageError | InternalError | AWTError e) {
            // A headless Java on a machine with neither fonts nor libfreetype; images need neither
            log.warn(
                    "no font on this machine: the sheet is drawn without class names ({})", "" + e);
        }
    }

    private static String fitting(String text, FontMetrics metrics, int width) {
        if (metrics.stringWidth(text) <= width) {
            return text;
        }
        int length = text.length();
        while (length > 1 && metrics.stringWidth(text.substring(0, length) + "\u2026") > width) {
            length--;
        }
        return text.substring(0, length) + "\u2026";
    }
}
