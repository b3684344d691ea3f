package org.cnnzoo.data;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A split for tests: image {@code i} is filled with {@code i}; some are broken. */
final class NumberedImages implements ImageSet {
    private final int size;
    private final Set<Integer> broken;
    private final AtomicInteger decoded = new AtomicInteger();

    NumberedImages(int size, Integer... broken) {
        this.size = size;
        this.broken = Set.of(broken);
    }

    /** How many times an image was asked for. */
    int decoded() {
        return decoded.get();
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int label(int i) {
        return i % 3;
    }

    @Override
    public String name(int i) {
        return "image#" + i;
    }

    @Override
    public PixelImage image(int i) throws BadImageException {
        decoded.incrementAndGet();
        if (broken.contains(i)) {
            throw new BadImageException(Path.of(name(i)), "broken on purpose");
        }
        byte[] pixels = new byte[16];
        for (int p = 0; p < pixels.length; p++) {
            pixels[p] = (byte) (i + p);
        }
        return new PixelImage(1, 4, 4, pixels);
    }
}
