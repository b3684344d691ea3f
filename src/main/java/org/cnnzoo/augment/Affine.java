package org.cnnzoo.augment;

import org.cnnzoo.data.PixelImage;

/**
 * From a place of the result to one of the image: torchvision's {@code _get_inverse_affine_matrix},
 * in pixels from the image's middle.
 */
record Affine(double xx, double xy, double x0, double yx, double yy, double y0) {

    /**
     * Rotation, then shear, then scale about a centre, then a move.
     *
     * @param centerX pixels from the image's middle
     * @param centerY pixels from the image's middle
     * @param angle degrees, clockwise
     * @param moveX pixels to the right
     * @param moveY pixels down
     * @param scale 1 keeps the size
     * @param shearX degrees
     * @param shearY degrees
     */
    static Affine of(
            double centerX,
            double centerY,
            double angle,
            double moveX,
            double moveY,
            double scale,
            double shearX,
            double shearY) {
        double rotation = Math.toRadians(angle);
        double sx = Math.toRadians(shearX);
        double sy = Math.toRadians(shearY);
        double a = Math.cos(rotation - sy) / Math.cos(sy);
        double b = -Math.cos(rotation - sy) * Math.tan(sx) / Math.cos(sy) - Math.sin(rotation);
        double c = Math.sin(rotation - sy) / Math.cos(sy);
        double d = -Math.sin(rotation - sy) * Math.tan(sx) / Math.cos(sy) + Math.cos(rotation);
        double xx = d / scale;
        double xy = -b / scale;
        double yx = -c / scale;
        double yy = a / scale;
        return new Affine(
                xx,
                xy,
                xx * (-centerX - moveX) + xy * (-centerY - moveY) + centerX,
                yx,
                yy,
                yx * (-centerX - moveX) + yy * (-centerY - moveY) + centerY);
    }

    /** About the middle, clockwise in degrees, as {@code F.rotate(image, -angle)}. */
    static Affine rotation(double angle) {
        return of(0, 0, angle, 0, 0, 1, 0, 0);
    }

    /** The image seen through it, by the nearest pixel; black where there is none. */
    PixelImage apply(PixelImage image) {
        int height = image.height();
        int width = image.width();
        int plane = height * width;
        byte[] out = new byte[image.pixels().length];
        // In 32 bits and in PyTorch's order: where a place is midway between two pixels, rounding
        // decides which one it is
        float[] toX = {
            (float) xx / (0.5f * width), (float) xy / (0.5f * width), (float) x0 / (0.5f * width)
        };
        float[] toY = {
            (float) yx / (0.5f * height), (float) yy / (0.5f * height), (float) y0 / (0.5f * height)
        };
        for (int y = 0; y < height; y++) {
            float fromMiddleY = y + 0.5f - height * 0.5f;
            for (int x = 0; x < width; x++) {
                float fromMiddleX = x + 0.5f - width * 0.5f;
                int sourceX = nearest(toX, fromMiddleX, fromMiddleY, width);
                int sourceY = nearest(toY, fromMiddleX, fromMiddleY, height);
                if (sourceX < 0 || sourceX >= width || sourceY < 0 || sourceY >= height) {
                    continue;
                }
                for (int c = 0; c < image.channels(); c++) {
                    out[c * plane + y * width + x] =
                            image.pixels()[c * plane + sourceY * width + sourceX];
                }
            }
        }
        return new PixelImage(image.channels(), height, width, out);
    }

    private static int nearest(float[] row, float x, float y, int size) {
        float share = x * row[0] + y * row[1] + row[2];
        return (int) Math.rint(((share + 1) * size - 1) / 2);
    }
}
