package org.cnnzoo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The files that come along; values read from them with Python's gzip and struct. */
class FashionMnistTest {
    private static final Dataset DATA =
            Datasets.open("fashion-mnist", Path.of(""), Optional.empty());

    private static int sum(PixelImage image) {
        int sum = 0;
        for (byte b : image.pixels()) {
            sum += b & 0xFF;
        }
        return sum;
    }

    private static int[] row(PixelImage image, int y) {
        int[] row = new int[image.width()];
        for (int x = 0; x < row.length; x++) {
            row[x] = image.at(0, y, x);
        }
        return row;
    }

    @Test
    void hasTheSplitsOfItsDescription() {
        assertThat(DATA.split(Split.TRAIN).size()).isEqualTo(55_000);
        assertThat(DATA.split(Split.VAL).size()).isEqualTo(5_000);
        assertThat(DATA.split(Split.TEST).size()).isEqualTo(10_000);
        assertThat(DATA.classes()).hasSize(10).startsWith("T-shirt/top").endsWith("Ankle boot");
        assertThat(DATA.channels()).isEqualTo(1);
        assertThat(DATA.height()).isEqualTo(28);
        assertThat(DATA.width()).isEqualTo(28);
    }

    @Test
    void testImagesAreTheFilesOwn() throws IOException {
        ImageSet test = DATA.split(Split.TEST);
        int[] first = {9, 2, 1, 1, 6, 1, 4, 6, 5, 7};
        for (int i = 0; i < first.length; i++) {
            assertThat(test.label(i)).isEqualTo(first[i]);
        }
        assertThat(sum(test.image(0))).isEqualTo(33456);
        assertThat(row(test.image(0), 14))
                .containsExactly(
                        0, 0, 0, 0, 0, 0, 2, 4, 1, 0, 0, 0, 98, 136, 110, 109, 110, 162, 135, 144,
                        149, 159, 167, 144, 158, 169, 119, 0);
        assertThat(test.label(9999)).isEqualTo(5);
        assertThat(sum(test.image(9999))).isEqualTo(24390);
        assertThat(test.name(9999)).isEqualTo("test#9999");
    }

    @Test
    void trainingImagesAreTheFilesOwn() throws IOException {
        List<String> seen = new ArrayList<>();
        for (Split split : new Split[] {Split.TRAIN, Split.VAL}) {
            ImageSet set = DATA.split(split);
            for (int i = 0; i < set.size(); i++) {
                if (set.name(i).equals("train#0")) {
                    seen.add("first");
                    assertThat(set.label(i)).isEqualTo(9);
                    assertThat(sum(set.image(i))).isEqualTo(76247);
                    assertThat(row(set.image(i), 14))
                            .startsWith(0, 0, 1, 4, 6, 7, 2)
                            .endsWith(218, 255, 77, 0);
                } else if (set.name(i).equals("train#59999")) {
                    seen.add("last");
                    assertThat(set.label(i)).isEqualTo(5);
                    assertThat(sum(set.image(i))).isEqualTo(16684);
                }
            }
        }
        assertThat(seen).containsExactlyInAnyOrder("first", "last");
    }

    @Test
    void everyClassHasItsShareOfEverySplit() {
        for (Split split : Split.values()) {
            ImageSet set = DATA.split(split);
            int[] counts = new int[10];
            for (int i = 0; i < set.size(); i++) {
                counts[set.label(i)]++;
            }
            assertThat(counts).containsOnly(set.size() / 10);
        }
    }

    @Test
    void trainAndValShareNoImage() {
        Set<String> names = new HashSet<>();
        for (Split split : new Split[] {Split.TRAIN, Split.VAL}) {
            ImageSet set = DATA.split(split);
            for (int i = 0; i < set.size(); i++) {
                assertThat(names.add(set.name(i))).isTrue();
            }
        }
        assertThat(names).hasSize(60_000);
    }

    @Test
    void anotherShareIsOtherData() {
        ValSplit fifth = new ValSplit(OptionalDouble.of(0.2), OptionalLong.empty());
        Dataset data = Datasets.open("fashion-mnist", Path.of(""), Optional.empty(), fifth);
        assertThat(data.split(Split.TRAIN).size()).isEqualTo(48_000);
        assertThat(data.split(Split.VAL).size()).isEqualTo(12_000);
        assertThat(data.split(Split.TEST).size()).isEqualTo(10_000);
        assertThat(data.hash()).isNotEqualTo(DATA.hash());
    }

    /** A changed draw would make figures of earlier runs incomparable. */
    @Test
    void theDrawOfValIsTheSameForever() {
        ImageSet val = DATA.split(Split.VAL);
        assertThat(new String[] {val.name(0), val.name(1), val.name(4999)})
                .containsExactly("train#0", "train#4", "train#59998");
    }

    /** Mean and deviation of all 60,000 training images are 0.2860 and 0.3530. */
    @Test
    void normalizationIsThatOfTheTrainingImages() {
        assertThat(DATA.normalization().mean()[0]).isCloseTo(0.2860f, offset(0.001f));
        assertThat(DATA.normalization().std()[0]).isCloseTo(0.3530f, offset(0.001f));
    }

    @Test
    void hashIsStable() {
        Dataset again = Datasets.open("fashion-mnist", Path.of(""), Optional.empty());
        assertThat(again.hash()).isEqualTo(DATA.hash()).matches("[0-9a-f]{64}");
    }
}
