package org.cnnzoo.sweep;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.cnnzoo.errors.WorkFailed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private static final List<Event> EVENTS =
            List.of(
                    new Event.Defined(0, 1, "s", "random", 3, 5, "base:\n  model: \"x\"\n"),
                    new Event.Located(0, "/some/where"),
                    new Event.Proposed(
                            0.5,
                            1,
                            Map.of(
                                    "train.lr",
                                    4.7353e-4,
                                    "a",
                                    3L,
                                    "b",
                                    true,
                                    "model",
                                    "lenet5",
                                    "train.lr-milestones",
                                    List.of(3L, 5L))),
                    new Event.Started(0.5, 1, 2),
                    new Event.EpochDone(4.75, 1, 1),
                    new Event.Stopped(5, 1),
                    new Event.Reached(9.25, 1, 2, false, 0.75, Map.of("val_top1", 0.75)),
                    new Event.Failed(10, 1, 3, "two\nlines"));

    @TempDir private Path folder;

    private Path written() {
        Path file = folder.resolve("journal.jsonl");
        try (Journal journal = Journal.open(file)) {
            EVENTS.forEach(journal::add);
        }
        return file;
    }

    @Test
    void whatWasWrittenIsReadBackALineEach() throws Exception {
        assertThat(Journal.read(written())).isEqualTo(EVENTS);
        assertThat(Files.readAllLines(folder.resolve("journal.jsonl"))).hasSize(EVENTS.size());
    }

    @Test
    void aLineTornAtAnyByteIsLeftOutAndWrittenOver() throws Exception {
        Path file = written();
        byte[] all = Files.readAllBytes(file);
        int last = EVENTS.size() - 1;
        byte[] before =
                Files.readString(file)
                        .lines()
                        .limit(last)
                        .collect(Collectors.joining("\n", "", "\n"))
                        .getBytes(UTF_8);
        for (int length = before.length; length < all.length; length++) {
            Files.write(file, Arrays.copyOf(all, length));
            assertThat(Journal.read(file)).isEqualTo(EVENTS.subList(0, last));
            try (Journal journal = Journal.open(file)) {
                journal.add(EVENTS.get(last));
            }
            assertThat(Files.readAllBytes(file)).isEqualTo(all);
        }
    }

    @Test
    void anotherBrokenLineIsAnErrorWithItsNumber() throws Exception {
        Path file = written();
        Files.writeString(file, Files.readString(file).replace("\"start\"", "\"stört\""));
        assertThatThrownBy(() -> Journal.read(file))
                .isInstanceOf(WorkFailed.class)
                .hasMessageContaining("journal.jsonl:4:");
    }
}
