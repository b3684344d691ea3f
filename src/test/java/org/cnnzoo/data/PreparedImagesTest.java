package org.cnnzoo.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PreparedImagesTest {
    private static final Preprocessing TO_8X8 =
            new Preprocessing(
                    1, 8, 8, ResizeMode.CROP, new Normalization(new float[] {0}, new float[] {1}));

    @Test
    void decodesOnceWithinTheBudget() {
        NumberedImages set = new NumberedImages(4);
        PreparedImages images = new PreparedImages(set, TO_8X8, 2 * 64);
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 4; i++) {
                images.image(i);
            }
        }
        assertThat(set.decoded()).isEqualTo(2 + 2 * 3); // two are kept, two decoded each time
    }

    @Test
    void givesTheSameWhateverTheBudget() {
        PreparedImages none = new PreparedImages(new NumberedImages(4), TO_8X8, 0);
        PreparedImages all = new PreparedImages(new NumberedImages(4), TO_8X8);
        for (int i = 0; i < 8; i++) {
            assertThat(all.image(i % 4)).isEqualTo(none.image(i % 4)).isPresent();
        }
    }

    @Test
    void triesABrokenImageOnce() {
        NumberedImages set = new NumberedImages(1, 0);
        PreparedImages images = new PreparedImages(set, TO_8X8);
        assertThat(images.image(0)).isEmpty();
        assertThat(images.image(0)).isEmpty();
        assertThat(set.decoded()).isEqualTo(1);
        assertThat(images.leftOut()).isEqualTo(1);
    }
}
