package org.cnnzoo.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeakMemoryTest {
    @TempDir private Path folder;

    @Test
    void isTheHighWaterMarkOfTheResidentSet() throws IOException {
        Path status = folder.resolve("status");
        Files.writeString(
                status,
                "Name:\tjava\nVmPeak:\t 9000000 kB\nVmHWM:\t  524800 kB\nVmRSS:\t  1024 kB\n");
        assertThat(PeakMemory.megabytes(status)).hasValue(512.5);
    }

    @Test
    void isUnknownWhereThereIsNoSuchFileOrLine() throws IOException {
        assertThat(PeakMemory.megabytes(folder.resolve("none"))).isEmpty();
        Path status = folder.resolve("status");
        Files.writeString(status, "Name:\tjava\n");
        assertThat(PeakMemory.megabytes(status)).isEmpty();
    }

    @Test
    void ofThisProcessIsAtLeastItsHeap() {
        assumeTrue(Files.exists(Path.of("/proc/self/status")), "no /proc here");
        byte[] touched = new byte[32 << 20];
        java.util.Arrays.fill(touched, (byte) 1);
        assertThat(PeakMemory.megabytes().getAsDouble()).isGreaterThan(touched.length >> 20);
    }
}
