package org.cnnzoo.data;

import java.util.Arrays;

/**
 * An image of unsigned 8-bit samples, planar: {@code pixels} is {@code [C, H, W]}, row by row.
 *
 * <p>The array is not copied, for speed: treat it as read-only. Every method returns a new image,
 * or this one where there is nothing to do.
 *
 * @param channels 1 (grey) or 3 (red, green, blue)
 * @param height rows
 * @param width columns
 * @param pixels {@code channels * height * width} samples
 */
@SuppressWarnings("ArrayRecordComponent") // bulk data: a list would box every sample
public record PixelImage(int channels, int height, int width, byte[] pixels) {
    public PixelImage {
        if (channels != 1 && channels != 3) {
            throw new IllegalArgumentException("channels must be 1 or 3, not " + channels);
        }
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException("no pixels: " + height + "x" + width);
        }
        if (pixels.length != (long) channels * height * width) {
            throw new IllegalArgumentException(
                    "%d samples for [%d, %d, %d]"
                            .formatted(pixels.length, channels, height, width));
        }
    }

    /** The sample at a place, 0 to 255. */
    public int at(int channel, int y, int x) {
        return pixels[(channel * height + y) * width + x] & 0xFF;
    }

    /** One channel: ITU-R 601 luma, rounded as PIL's {@code convert("L")} does. */
    public PixelImage toGray() {
        if (channels == 1) {
            return this;
        }
        int plane = height * width;
        byte[] gray = new byte[plane];
        for (int i = 0; i < plane; i++) {
            int r = pixels[i] & 0xFF;
            int g = pixels[plane + i] & 0xFF;
            int b = pixels[2 * plane + i] & 0xFF;
            gray[i] = (byte) ((r * 19595 + g * 38470 + b * 7471 + 0x8000) >> 16);
        }
        return new PixelImage(1, height, width, gray);
    }

    /** Three channels: a grey image's plane thrice. */
    public PixelImage toRgb() {
        if (channels == 3) {
            return this;
        }
        byte[] rgb = new byte[3 * pixels.length];
        for (int c = 0; c < 3; c++) {
            System.arraycopy(pixels, 0, rgb, c * pixels.length, pixels.length);
        }
        return new PixelImage(3, height, width, rgb);
    }

    /**
     * This image as grey (1) or colour (3).
     *
     * @throws IllegalArgumentException for any other number
     */
    public PixelImage withChannels(int count) {
        return switch (count) {
            case 1 -> toGray();
            case 3 -> toRgb();
            default -> throw new IllegalArgumentException("channels must be 1 or 3, not " + count);
        };
    }

    /** Left and right exchanged. */
    public PixelImage flipHorizontally() {
        byte[] flipped = new byte[pixels.length];
        for (int row = 0; row < channels * height; row++) {
            int start = row * width;
            for (int x = 0; x < width; x++) {
                flipped[start + x] = pixels[start + width - 1 - x];
            }
        }
        return new PixelImage(channels, height, width, flipped);
    }

    /** Rows and columns exchanged: {@code [C, W, H]}. */
    public PixelImage transposed() {
        byte[] turned = new byte[pixels.length];
        for (int c = 0; c < channels; c++) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    turned[(c * width + x) * height + y] = pixels[(c * height + y) * width + x];
                }
            }
        }
        return new PixelImage(channels, width, height, turned);
    }

    /** Top and bottom exchanged. */
    public PixelImage flipVertically() {
        byte[] flipped = new byte[pixels.length];
        for (int c = 0; c < channels; c++) {
            for (int y = 0; y < height; y++) {
                int from = (c * height + y) * width;
                int to = (c * height + height - 1 - y) * width;
                System.arraycopy(pixels, from, flipped, to, width);
            }
        }
        return new PixelImage(channels, height, width, flipped);
    }

    /**
     * The window of {@code cropHeight x cropWidth} whose upper left corner is at ({@code top},
     * {@code left}), which may lie outside: what is outside this image is black.
     */
    public PixelImage window(int top, int left, int cropHeight, int cropWidth) {
        if (top == 0 && left == 0 && cropHeight == height && cropWidth == width) {
            return this;
        }
        byte[] out = new byte[channels * cropHeight * cropWidth];
        int firstX = Math.max(0, -left);
        int endX = Math.min(cropWidth, width - left);
        for (int c = 0; c < channels && firstX < endX; c++) {
            for (int y = Math.max(0, -top); y < Math.min(cropHeight, height - top); y++) {
                int from = (c * height + top + y) * width + left + firstX;
                int to = (c * cropHeight + y) * cropWidth + firstX;
                System.arraycopy(pixels, from, out, to, endX - firstX);
            }
        }
        return new PixelImage(channels, cropHeight, cropWidth, out);
    }

    /** This image at another size: bilinear with antialiasing, see {@link Bilinear}. */
    public PixelImage resized(int newHeight, int newWidth) {
        return Bilinear.resize(this, newHeight, newWidth);
    }

    /**
     * A window inside this image at another size: what {@code resized(newHeight, newWidth)} would
     * have there.
     */
    public PixelImage resizedWindow(
            int newHeight, int newWidth, int top, int left, int cropHeight, int cropWidth) {
        return Bilinear.window(
                this, newHeight, newWidth, new Bilinear.Window(top, left, cropHeight, cropWidth));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PixelImage that
                && channels == that.channels
                && height == that.height
                && width == that.width
                && Arrays.equals(pixels, that.pixels);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * (31 * channels + height) + width) + Arrays.hashCode(pixels);
    }

    @Override
    public String toString() {
        return "PixelImage[%d, %d, %d]".formatted(channels, height, width);
    }
}
