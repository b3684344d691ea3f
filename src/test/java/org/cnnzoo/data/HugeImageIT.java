package org.cnnzoo.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HugeImageIT {
    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"jpg", "png"})
    void aHugeImageIsDecodedAtReducedScale(String format) throws IOException {
        BufferedImage huge = new BufferedImage(12_000, 9_000, BufferedImage.TYPE_BYTE_GRAY);
        huge.getRaster().setSample(11_999, 8_999, 0, 255);
        Path file = folder.resolve("huge." + format);
        ImageIO.write(huge, format, file.toFile());
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        PixelImage image = new ImageDecoder().decode(file, 224, 224);
        long after = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        assertThat(image.height()).isEqualTo(3_000);
        assertThat(image.width()).isEqualTo(4_000);
        assertThat(after - before).isLessThan(200L << 20);
    }
}
