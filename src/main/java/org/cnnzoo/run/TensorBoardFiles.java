package org.cnnzoo.run;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.cnnzoo.errors.WorkFailed;
import org.jspecify.annotations.Nullable;

/**
 * {@code tensorboard/events.out.tfevents...} of a run: a point of each scalar for each epoch.
 *
 * <p>A process that writes at all writes a file of its own, as TensorBoard expects it; an epoch
 * that an earlier one has written is not written again.
 */
public final class TensorBoardFiles {
    private static final String NAME = "events.out.tfevents.";

    private final Path folder;
    private final Set<Long> written = new HashSet<>();
    private @Nullable Path file;

    /**
     * @param folder created with the first epoch
     * @throws WorkFailed if what is in it can't be read
     */
    public TensorBoardFiles(Path folder) {
        this.folder = folder;
        try {
            for (Path before : before()) {
                written.addAll(TensorBoardRecords.steps(Files.readAllBytes(before)));
            }
        } catch (IOException e) {
            throw new WorkFailed("could not read " + folder + ": " + AtomicFile.reason(e), e);
        }
    }

    private List<Path> before() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.getFileName().toString().startsWith(NAME)).sorted().toList();
        }
    }

    /**
     * Writes an epoch, unless it was written before.
     *
     * @param valImagesPerSecond if it was measured
     * @throws WorkFailed if the file can't be written
     */
    public void add(EpochRecord record, OptionalDouble valImagesPerSecond) {
        if (!written.add((long) record.epoch())) {
            return;
        }
        double now = System.currentTimeMillis() / 1e3;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            Path to = file;
            if (to == null) {
                to = create(now);
                file = to;
                bytes.write(TensorBoardRecords.version(now));
            }
            bytes.write(
                    TensorBoardRecords.scalars(
                            now, record.epoch(), scalars(record, valImagesPerSecond)));
            // At once: a process that is killed leaves whole records
            Files.write(to, bytes.toByteArray(), StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new WorkFailed("could not write to " + folder + ": " + AtomicFile.reason(e), e);
        }
    }

    private Path create(double now) throws IOException {
        Folders.create(folder);
        // TensorBoard reads a folder's files in the order of their names
        for (int n = 0; ; n++) {
            Path path = folder.resolve("%s%010d.%03d.cnn".formatted(NAME, (long) now, n));
            if (!Files.exists(path)) {
                return Files.createFile(path);
            }
        }
    }

    private static Map<String, Double> scalars(EpochRecord record, OptionalDouble valSpeed) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("loss/train", record.trainLoss());
        values.put("loss/val", record.valLoss());
        values.put("top1/train", record.trainTop1());
        values.put("top1/val", record.valTop1());
        values.put("top5/val", record.valTop5());
        values.put("lr", record.lr());
        values.put("images_per_second/train", record.imagesPerSecond());
        valSpeed.ifPresent(speed -> values.put("images_per_second/val", speed));
        return values;
    }
}
