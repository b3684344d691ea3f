package org.cnnzoo.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.errors.WorkFailed;
import org.jspecify.annotations.Nullable;

/**
 * A run folder that this process alone may write to, until it is closed.
 *
 * <p>The lock is the operating system's: it goes when the process does, however that ends.
 */
public final class RunFolder implements AutoCloseable {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

    private final RunFiles files;
    private final FileChannel lock;
    private final MetricsFile metrics;

    private RunFolder(RunFiles files) {
        this.files = files;
        this.lock = lock(files);
        try {
            Files.createDirectories(files.checkpoints());
            sweep(files.folder());
            sweep(files.checkpoints());
            this.metrics = MetricsFile.open(files.metrics());
        } catch (IOException e) {
            close();
            throw unwritable(files.folder(), e);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * A new folder {@code <parent>/<model>-<dataset>-<date>-<time>}, with a number behind where
     * that exists.
     *
     * @param parent created if it isn't there
     * @param now the local time, to the second
     * @throws WorkFailed if it can't be created
     */
    public static RunFolder create(Path parent, String model, String dataset, LocalDateTime now) {
        String name = "%s-%s-%s".formatted(plain(model), plain(dataset), STAMP.format(now));
        try {
            Files.createDirectories(parent);
            for (int n = 1; ; n++) {
                Path folder = parent.resolve(n == 1 ? name : name + "-" + n);
                try {
                    Files.createDirectory(folder);
                } catch (FileAlreadyExistsException e) {
                    continue;
                }
                return new RunFolder(new RunFiles(folder));
            }
        } catch (IOException e) {
            throw unwritable(parent, e);
        }
    }

    /**
     * A new run in a folder of this very name, created if it isn't there.
     *
     * @throws BadInput if a run is in it already
     * @throws WorkFailed if it can't be created
     */
    public static RunFolder createAt(Path folder) {
        RunFiles files = new RunFiles(folder);
        if (files.holdsRun()) {
            throw new BadInput(
                    "%s holds a run already%n--resume %s goes on with it"
                            .formatted(folder, folder));
        }
        requireFolder(folder);
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
        return new RunFolder(files);
    }

    /**
     * Refuses a file where a folder is to be.
     *
     * @throws BadInput if it is one
     */
    public static void requireFolder(Path folder) {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new BadInput(folder + " is a file; a folder was expected");
        }
    }

    /**
     * An existing run, to go on with.
     *
     * @throws BadInput if there is no run, or another process has it open
     */
    public static RunFolder open(Path folder) {
        return new RunFolder(RunFiles.of(folder));
    }

    /** The paths in it. */
    public RunFiles files() {
        return files;
    }

    /** Its {@code metrics.jsonl}. */
    public MetricsFile metrics() {
        return metrics;
    }

    /** Saves the resolved configuration. */
    public void writeConfig(String yaml) {
        AtomicFile.write(files.config(), yaml);
    }

    /** Saves the result. */
    public void writeResult(RunResult result) {
        AtomicFile.write(files.result(), result.toJson());
    }

    /** Adds lines to {@code train.log}. */
    public void log(String lines) {
        try {
            Files.writeString(
                    files.log(),
                    lines + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw unwritable(files.log(), e);
        }
    }

    /** Gives the folder free for others. */
    @Override
    public void close() {
        try {
            // The file stays: deleting it would let two processes lock two files of one name
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FileChannel lock(RunFiles files) {
        FileChannel channel = null;
        try {
            channel =
                    FileChannel.open(
                            files.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (acquire(channel) != null) {
                return channel;
            }
            channel.close();
        } catch (IOException e) {
            throw unwritable(files.folder(), e);
        }
        throw new BadInput(
                "%s is in use by another process%nwait for it, or start a run of its own"
                        .formatted(files.folder()));
    }

    private static @Nullable FileLock acquire(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // another thread of this process has it
        }
    }

    /** Removes what a killed process was writing. */
    private static void sweep(Path folder) throws IOException {
        List<Path> left;
        try (Stream<Path> entries = Files.list(folder)) {
            left =
                    entries.filter(p -> p.getFileName().toString().endsWith(AtomicFile.TEMPORARY))
                            .toList();
        }
        for (Path file : left) {
            Files.deleteIfExists(file);
        }
    }

    private static String plain(String name) {
        return name.replaceAll("[^A-Za-z0-9._-]+", "_");
    }

    private static WorkFailed unwritable(Path path, IOException e) {
        return new WorkFailed("could not write " + path + ": " + AtomicFile.reason(e), e);
    }
}
