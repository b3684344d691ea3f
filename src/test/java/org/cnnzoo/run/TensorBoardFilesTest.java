package org.cnnzoo.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorBoardFilesTest {
    @TempDir private Path folder;

    private static EpochRecord record(int epoch) {
        return new EpochRecord(
                epoch, 300L * epoch, 0.1 / epoch, 1.5, 0.25, 1.25, 0.5, 0.75, 1234.5, 60, 0.5);
    }

    private List<EventDecoder.Event> events(int file) throws IOException {
        return EventDecoder.read(EventDecoder.files(folder.resolve("tb")).get(file));
    }

    @Test
    void theTestsOwnChecksumIsTheStandards() {
        assertThat(EventDecoder.crc32c("123456789".getBytes(UTF_8))).isEqualTo(0xE3069283);
    }

    @Test
    void anEpochIsAPointOfEachScalar() throws IOException {
        TensorBoardFiles files = new TensorBoardFiles(folder.resolve("tb"));
        files.add(record(1), OptionalDouble.of(5000));
        files.add(record(200), OptionalDouble.empty());
        List<EventDecoder.Event> events = events(0);
        assertThat(events).hasSize(3);
        assertThat(events.get(0).version()).isEqualTo("brain.Event:2");
        assertThat(events.get(0).wallTime()).isGreaterThan(1e9);
        assertThat(events.get(1).step()).isEqualTo(1);
        assertThat(events.get(1).scalars())
                .containsEntry("loss/train", 1.5f)
                .containsEntry("loss/val", 1.25f)
                .containsEntry("top1/train", 0.25f)
                .containsEntry("top1/val", 0.5f)
                .containsEntry("top5/val", 0.75f)
                .containsEntry("lr", 0.1f)
                .containsEntry("images_per_second/train", 1234.5f)
                .containsEntry("images_per_second/val", 5000f)
                .hasSize(8);
        assertThat(events.get(2).step()).isEqualTo(200);
        assertThat(events.get(2).scalars()).hasSize(7);
    }

    @Test
    void anotherProcessWritesAnotherFileWithoutEpochsThatAreThere() throws IOException {
        Path tb = folder.resolve("tb");
        TensorBoardFiles first = new TensorBoardFiles(tb);
        first.add(record(1), OptionalDouble.empty());
        first.add(record(2), OptionalDouble.empty());
        // Killed while it wrote
        Path file = EventDecoder.files(tb).get(0);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 3));
        TensorBoardFiles second = new TensorBoardFiles(tb);
        for (int epoch = 1; epoch <= 3; epoch++) {
            second.add(record(epoch), OptionalDouble.empty());
        }
        assertThat(EventDecoder.files(tb)).hasSize(2);
        assertThat(events(1).stream().skip(1).map(EventDecoder.Event::step))
                .containsExactly(2L, 3L);
        new TensorBoardFiles(tb).add(record(3), OptionalDouble.empty());
        assertThat(EventDecoder.files(tb)).hasSize(2);
    }
}
