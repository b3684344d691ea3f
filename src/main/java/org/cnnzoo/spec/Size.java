package org.cnnzoo.spec;

/** A height and a width in pixels, at least one each. */
public record Size(int height, int width) {
    public static Size square(int side) {
        return new Size(side, side);
    }

    @Override
    public String toString() {
        return height == width ? String.valueOf(height) : "[" + height + ", " + width + "]";
    }
}
