package org.cnnzoo.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.cnnzoo.augment.FlipAndCrop;
import org.cnnzoo.errors.WorkFailed;
import org.cnnzoo.report.Png;
import org.junit.jupiter.api.Test;

class ContactSheetTest {
    private static final List<String> CLASSES =
            List.of("a", "b", "a class whose name is far too long for its tile");
    private static final Preprocessing TO_4X4 =
            new Preprocessing(
                    1, 4, 4, ResizeMode.CROP, new Normalization(new float[] {0}, new float[] {1}));

    private static ContactSheet sheet(ImageSet set, Augmentation augmentation) {
        return new ContactSheet(CLASSES, new PreparedImages(set, TO_4X4), augmentation, 1);
    }

    @Test
    void enlargesSmallImagesBesideTheirAugmentedSelves() {
        BufferedImage drawn = sheet(new NumberedImages(3), FlipAndCrop.of(1, 0)).draw(3);
        assertThat(drawn.getWidth()).isEqualTo(8 + 3 * (84 + 2 + 84 + 8));
        assertThat(drawn.getRGB(8, 8) & 0xFF).isZero(); // image 0, upper left
        assertThat(drawn.getRGB(8 + 83, 8) & 0xFF).isEqualTo(3);
        assertThat(drawn.getRGB(8 + 86, 8) & 0xFF).isEqualTo(3); // flipped
        assertThat(drawn.getRGB(8 + 86 + 83, 8) & 0xFF).isZero();
    }

    @Test
    void spreadsOverTheSplitAndSkipsBadImages() {
        BufferedImage drawn = sheet(new NumberedImages(10, 5), Augmentation.NONE).draw(2);
        assertThat(drawn.getRGB(8, 8) & 0xFF).isZero();
        assertThat(drawn.getRGB(8 + 84 + 8, 8) & 0xFF).isEqualTo(6); // 5 is broken
    }

    @Test
    void asksForTheCaptionsOfTheImagesThatItDraws() {
        List<Integer> asked = new ArrayList<>();
        new ContactSheet(
                        i -> {
                            asked.add(i);
                            return "97 % a";
                        },
                        new PreparedImages(new NumberedImages(10, 5), TO_4X4))
                .draw(2);
        assertThat(asked).containsExactly(0, 6);
    }

    @Test
    void isAPng() throws IOException {
        byte[] png = Png.of(sheet(new NumberedImages(3), Augmentation.NONE).draw(40));
        assertThat(ImageIO.read(new ByteArrayInputStream(png)).getWidth()).isPositive();
    }

    @Test
    void saysWhenThereIsNothingToShow() {
        ContactSheet empty = sheet(new NumberedImages(2, 0, 1), Augmentation.NONE);
        assertThatThrownBy(() -> empty.draw(2))
                .isInstanceOf(WorkFailed.class)
                .hasMessageStartingWith("nothing to show");
    }
}
