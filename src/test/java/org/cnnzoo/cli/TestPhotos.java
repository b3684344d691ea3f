package org.cnnzoo.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/** A small folder of grey images of various shapes by class, the same each time. */
final class TestPhotos {
    static final int TRAIN = 24;
    static final int VAL = 8;

    private TestPhotos() {}

    /** Writes {@code train/} and {@code val/} with the classes dark and light. */
    static void write(Path folder) throws IOException {
        for (int i = 0; i < TRAIN + VAL; i++) {
            String split = i < TRAIN ? "train" : "val";
            String label = i % 2 == 0 ? "dark" : "light";
            image(folder.resolve("%s/%s/%02d.png".formatted(split, label, i)), i);
        }
    }

    /** One image, 24 to 40 pixels a side, of an odd number's brightness. */
    static void image(Path file, int number) throws IOException {
        SplittableRandom random = new SplittableRandom(number);
        int width = 24 + random.nextInt(17);
        int height = 24 + random.nextInt(17);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        int shade = number % 2 == 0 ? 20 : 120;
        for (int p = 0; p < width * height; p++) {
            image.getRaster().setSample(p % width, p / width, 0, shade + random.nextInt(100));
        }
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
    }
}
