package org.cnnzoo.data;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * From an AWT image of any layout to planar 8 bit.
 *
 * <p>Samples are taken as they are stored, as PIL does: {@code BufferedImage.getRGB} would pass
 * grey ones through a linear colour space and brighten them, and would apply embedded profiles.
 */
final class Samples {
    private static final int WHITE = 255;

    private Samples() {}

    /** The image as grey where it is grey, else as colour; what is transparent shows white. */
    static PixelImage of(BufferedImage image) {
        ColorModel colors = image.getColorModel();
        if (colors instanceof IndexColorModel palette) {
            return fromPalette(image.getRaster(), palette);
        }
        int space = colors.getColorSpace().getType();
        boolean plain = space == ColorSpace.TYPE_RGB || space == ColorSpace.TYPE_GRAY;
        if (colors instanceof ComponentColorModel && plain && !colors.isAlphaPremultiplied()) {
            return fromBands(image.getRaster(), colors);
        }
        return fromRgb(image);
    }

    private static PixelImage fromBands(Raster raster, ColorModel colors) {
        int channels = colors.getNumColorComponents();
        int width = raster.getWidth();
        int height = raster.getHeight();
        int plane = width * height;
        byte[] out = new byte[channels * plane];
        for (int c = 0; c < channels; c++) {
            band(raster, c, colors.getComponentSize(c), out, c * plane);
        }
        if (colors.hasAlpha()) {
            byte[] alpha = new byte[plane];
            band(raster, channels, colors.getComponentSize(channels), alpha, 0);
            for (int i = 0; i < out.length; i++) {
                out[i] = onWhite(out[i] & 0xFF, alpha[i % plane] & 0xFF);
            }
        }
        return new PixelImage(channels, height, width, out);
    }

    /** One band, scaled from {@code bits} to 8. */
    private static void band(Raster raster, int band, int bits, byte[] out, int offset) {
        int width = raster.getWidth();
        int height = raster.getHeight();
        if (bits == 8
                && raster.getSampleModel() instanceof ComponentSampleModel model
                && raster.getDataBuffer() instanceof DataBufferByte buffer) {
            int bank = model.getBankIndices()[band];
            byte[] data = buffer.getData(bank);
            int left = -raster.getSampleModelTranslateX();
            int top = -raster.getSampleModelTranslateY();
            for (int y = 0; y < height; y++) {
                int from = buffer.getOffsets()[bank] + model.getOffset(left, top + y, band);
                for (int x = 0; x < width; x++, from += model.getPixelStride()) {
                    out[offset + y * width + x] = data[from];
                }
            }
            return;
        }
        long top = (1L << bits) - 1;
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, band, row);
            for (int x = 0; x < width; x++) {
                long sample = row[x] & 0xFFFFFFFFL;
                out[offset + y * width + x] = (byte) ((sample * 255 + top / 2) / top);
            }
        }
    }

    private static PixelImage fromPalette(Raster raster, IndexColorModel palette) {
        int size = palette.getMapSize();
        byte[][] table = new byte[3][1 << palette.getPixelSize()];
        boolean gray = true;
        for (int i = 0; i < size; i++) {
            int alpha = palette.getAlpha(i);
            table[0][i] = onWhite(palette.getRed(i), alpha);
            table[1][i] = onWhite(palette.getGreen(i), alpha);
            table[2][i] = onWhite(palette.getBlue(i), alpha);
            gray &= table[0][i] == table[1][i] && table[0][i] == table[2][i];
        }
        int channels = gray ? 1 : 3;
        int width = raster.getWidth();
        int height = raster.getHeight();
        int plane = width * height;
        byte[] out = new byte[channels * plane];
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, 0, row);
            for (int x = 0; x < width; x++) {
                for (int c = 0; c < channels; c++) {
                    out[c * plane + y * width + x] = table[c][row[x]];
                }
            }
        }
        return new PixelImage(channels, height, width, out);
    }

    private static PixelImage fromRgb(BufferedImage image) {
        int width = image.getWidth();
        int height = image.getHeight();
        int plane = width * height;
        byte[] out = new byte[3 * plane];
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            image.getRGB(0, y, width, 1, row, 0, width);
            for (int x = 0; x < width; x++) {
                int at = y * width + x;
                int alpha = row[x] >>> 24;
                out[at] = onWhite(row[x] >> 16 & 0xFF, alpha);
                out[plane + at] = onWhite(row[x] >> 8 & 0xFF, alpha);
                out[2 * plane + at] = onWhite(row[x] & 0xFF, alpha);
            }
        }
        return new PixelImage(3, height, width, out);
    }

    private static byte onWhite(int sample, int alpha) {
        return (byte) ((sample * alpha + WHITE * (255 - alpha) + 127) / 255);
    }
}
