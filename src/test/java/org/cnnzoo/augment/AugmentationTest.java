package org.cnnzoo.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cnnzoo.data.Augmentation;
import org.cnnzoo.data.PixelImage;
import org.junit.jupiter.api.Test;

class AugmentationTest {
    private static final PixelImage IMAGE = new PixelImage(1, 2, 2, new byte[] {1, 2, 3, 4});

    @Test
    void flipsOnlyHorizontally() {
        Augmentation always = FlipAndCrop.of(1, 0);
        assertThat(always.apply(IMAGE, 1, 0, 0).pixels()).containsExactly(2, 1, 4, 3);
    }

    @Test
    void flipsAsOftenAsItsProbabilitySays() {
        Augmentation sometimes = FlipAndCrop.of(0.25, 0);
        int flips = 0;
        for (int sample = 0; sample < 4000; sample++) {
            flips += sometimes.apply(IMAGE, 7, 3, sample).equals(IMAGE) ? 0 : 1;
        }
        assertThat(flips).isBetween(900, 1100); // 1000, deviation 27
    }

    @Test
    void cropsAtEveryOffsetAlikeWithBlackAround() {
        Augmentation crop = FlipAndCrop.of(0, 1);
        int[] counts = new int[9];
        for (int sample = 0; sample < 9000; sample++) {
            PixelImage cropped = crop.apply(IMAGE, 1, 0, sample);
            for (int top = -1; top <= 1; top++) {
                for (int left = -1; left <= 1; left++) {
                    if (cropped.equals(IMAGE.window(top, left, 2, 2))) {
                        counts[(top + 1) * 3 + left + 1]++;
                    }
                }
            }
        }
        for (int count : counts) {
            assertThat(count).isBetween(880, 1120); // 1000, deviation 30
        }
    }

    @Test
    void cropsToHandMadeArrays() {
        Set<List<Byte>> seen = new HashSet<>();
        for (int sample = 0; sample < 200; sample++) {
            byte[] p = FlipAndCrop.of(0, 1).apply(IMAGE, 1, 0, sample).pixels();
            seen.add(List.of(p[0], p[1], p[2], p[3]));
        }
        assertThat(seen)
                .containsExactlyInAnyOrder(
                        bytes(0, 0, 0, 1),
                        bytes(0, 0, 1, 2),
                        bytes(0, 0, 2, 0),
                        bytes(0, 1, 0, 3),
                        bytes(1, 2, 3, 4),
                        bytes(2, 0, 4, 0),
                        bytes(0, 3, 0, 0),
                        bytes(3, 4, 0, 0),
                        bytes(4, 0, 0, 0));
    }

    private static List<Byte> bytes(int a, int b, int c, int d) {
        return List.of((byte) a, (byte) b, (byte) c, (byte) d);
    }

    @Test
    void dependsOnSeedEpochAndSampleAlone() {
        Augmentation both = FlipAndCrop.of(0.5, 4);
        PixelImage image = new PixelImage(1, 8, 8, pattern());
        PixelImage first = both.apply(image, 1, 2, 3);
        assertThat(both.apply(image, 1, 2, 3)).isEqualTo(first);
        int differing = 0;
        for (int i = 10; i < 20; i++) {
            differing += both.apply(image, i, 2, 3).equals(first) ? 0 : 1;
            differing += both.apply(image, 1, i, 3).equals(first) ? 0 : 1;
            differing += both.apply(image, 1, 2, i).equals(first) ? 0 : 1;
        }
        assertThat(differing).isGreaterThan(26);
    }

    @Test
    void aFurtherTransformLeavesTheDrawsOfTheOthersAlone() {
        PixelImage image = new PixelImage(1, 8, 8, pattern());
        Augmentation more = new Augmentation(List.of(new RandomCrop(4), (i, random) -> i.toGray()));
        for (int sample = 0; sample < 20; sample++) {
            assertThat(more.apply(image, 1, 0, sample))
                    .isEqualTo(FlipAndCrop.of(0, 4).apply(image, 1, 0, sample));
        }
    }

    private static byte[] pattern() {
        byte[] pixels = new byte[64];
        for (int i = 0; i < 64; i++) {
            pixels[i] = (byte) (i + 1);
        }
        return pixels;
    }

    @Test
    void zeroMeansAbsent() {
        assertThat(FlipAndCrop.of(0, 0)).isEqualTo(Augmentation.NONE);
    }

    @Test
    void refusesWhatIsNoProbabilityOrPadding() {
        assertThatThrownBy(() -> FlipAndCrop.of(1.5, 0)).hasMessageContaining("not 1.5");
        assertThatThrownBy(() -> FlipAndCrop.of(0, -1)).hasMessageContaining("not -1");
    }
}
