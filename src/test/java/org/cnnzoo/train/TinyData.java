package org.cnnzoo.train;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.cnnzoo.augment.FlipAndCrop;
import org.cnnzoo.data.ImageSet;
import org.cnnzoo.data.Normalization;
import org.cnnzoo.data.PixelImage;
import org.cnnzoo.data.PreparedImages;
import org.cnnzoo.data.Preprocessing;
import org.cnnzoo.data.ResizeMode;
import org.cnnzoo.data.Seeds;
import org.cnnzoo.run.Provenance;

/** Grey images of 4x4 whose class is the brighter row, under noise. */
final class TinyData {
    static final int CLASSES = 3;
    static final Preprocessing PREPROCESSING =
            new Preprocessing(
                    1,
                    4,
                    4,
                    ResizeMode.CROP,
                    new Normalization(new float[] {0.5f}, new float[] {0.25f}));
    static final Provenance PROVENANCE =
            new Provenance(
                    "tiny",
                    "name: tiny\n",
                    "",
                    new TreeMap<>(Map.of("width", "0.5")),
                    List.of("top", "middle", "bottom"),
                    PREPROCESSING,
                    "rows",
                    "00ff");

    private TinyData() {}

    static TrainData of(int train, int val) {
        return of(train, val, PREPROCESSING);
    }

    static TrainData of(int train, int val, Preprocessing preprocessing) {
        return new TrainData(
                new PreparedImages(set("train", train), preprocessing),
                FlipAndCrop.of(0.5, 0),
                new PreparedImages(set("val", val), preprocessing));
    }

    private static ImageSet set(String split, int size) {
        return new ImageSet() {
            @Override
            public int size() {
                return size;
            }

            @Override
            public int label(int i) {
                return i % CLASSES;
            }

            @Override
            public String name(int i) {
                return split + "#" + i;
            }

            @Override
            public PixelImage image(int i) {
                SplittableRandom random = Seeds.random(split.hashCode(), i);
                byte[] pixels = new byte[16];
                for (int p = 0; p < 16; p++) {
                    int bright = p / 4 == label(i) ? 90 : 0;
                    pixels[p] = (byte) (random.nextInt(120) + bright);
                }
                return new PixelImage(1, 4, 4, pixels);
            }
        };
    }
}
