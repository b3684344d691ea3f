package org.cnnzoo.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.cnnzoo.run.EpochRecord;
import org.junit.jupiter.api.Test;

class CurvesTest {
    private static EpochRecord record(int epoch) {
        return new EpochRecord(
                epoch, epoch, 0.1, 1.0 / epoch, 0.5, 1.5 / epoch, 0.6, 0.9, 1000, 1, 0);
    }

    @Test
    void aSingleEpochIsDrawnToo() throws IOException {
        for (int epochs : new int[] {1, 30}) {
            List<EpochRecord> records =
                    IntStream.rangeClosed(1, epochs).mapToObj(CurvesTest::record).toList();
            BufferedImage image =
                    ImageIO.read(new ByteArrayInputStream(Curves.png("a run", records)));
            assertThat(image.getWidth()).isGreaterThan(1000);
            boolean coloured =
                    IntStream.range(0, image.getWidth() * image.getHeight())
                            .map(i -> image.getRGB(i % image.getWidth(), i / image.getWidth()))
                            .anyMatch(rgb -> (rgb & 0xFFFFFF) == 0xD62728);
            assertThat(coloured).as("validation's red").isTrue();
        }
    }
}
