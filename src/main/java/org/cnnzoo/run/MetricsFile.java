package org.cnnzoo.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.cnnzoo.errors.WorkFailed;

/**
 * {@code metrics.jsonl}: one {@link EpochRecord} a line.
 *
 * <p>The whole file is replaced with each epoch, small as it is: there is never half a line in it.
 */
public final class MetricsFile {
    private final Path file;
    private final List<EpochRecord> records;

    private MetricsFile(Path file, List<EpochRecord> records) {
        this.file = file;
        this.records = new ArrayList<>(records);
    }

    /** The file to append to, with what it holds already. */
    static MetricsFile open(Path file) {
        return new MetricsFile(file, Files.exists(file) ? read(file) : List.of());
    }

    /**
     * The records of a run, in order.
     *
     * @throws WorkFailed if the file can't be read or a line is no record
     */
    public static List<EpochRecord> read(Path file) {
        List<EpochRecord> records = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(file)) {
                records.add(Json.read(line, EpochRecord.class));
            }
        } catch (JsonProcessingException e) {
            throw new WorkFailed(
                    "%s:%d: not a line of metrics".formatted(file, records.size() + 1), e);
        } catch (IOException e) {
            throw new WorkFailed("could not read " + file + ": " + AtomicFile.reason(e), e);
        }
        return records;
    }

    /** What the file holds. */
    public List<EpochRecord> records() {
        return List.copyOf(records);
    }

    /** Adds an epoch's line. */
    public void append(EpochRecord record) {
        records.add(record);
        save();
    }

    /**
     * Drops the lines of epochs after {@code epochs}: a run that goes on from a checkpoint writes
     * them anew.
     */
    public void cutBack(int epochs) {
        if (records.removeIf(record -> record.epoch() > epochs)) {
            save();
        }
    }

    private void save() {
        AtomicFile.write(
                file, records.stream().map(r -> Json.line(r) + "\n").collect(Collectors.joining()));
    }
}
