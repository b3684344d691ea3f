package org.cnnzoo.sweep;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.errors.WorkFailed;
import org.cnnzoo.run.AtomicFile;
import org.cnnzoo.run.RunFolder;

/**
 * A sweep's folder, that this process alone may write to until it is closed: {@code journal.jsonl},
 * {@code sweep.yaml} (a copy of the file), {@code trials/ID} (a run folder each), and the results.
 */
public final class SweepFolder implements AutoCloseable {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

    private final Path folder;
    private final FileChannel lock;

    private SweepFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * A new folder {@code <parent>/<name>-<date>-<time>}, with a number behind where that exists.
     *
     * @throws WorkFailed if it can't be created
     */
    public static SweepFolder create(Path parent, String name, LocalDateTime now) {
        String full = name + "-" + STAMP.format(now);
        try {
            Files.createDirectories(parent);
            for (int n = 1; ; n++) {
                Path folder = parent.resolve(n == 1 ? full : full + "-" + n);
                try {
                    Files.createDirectory(folder);
                } catch (FileAlreadyExistsException e) {
                    continue;
                }
                return locked(folder);
            }
        } catch (IOException e) {
            throw new WorkFailed("could not write " + parent + ": " + AtomicFile.reason(e), e);
        }
    }

    /**
     * A new sweep in a folder of this very name.
     *
     * @throws BadInput if a sweep is in it already
     */
    public static SweepFolder createAt(Path folder) {
        if (Files.exists(journal(folder))) {
            throw new BadInput(
                    "%s holds a sweep already%n--resume %s goes on with it"
                            .formatted(folder, folder));
        }
        RunFolder.requireFolder(folder);
        try {
            Files.createDirectories(folder);
            return locked(folder);
        } catch (IOException e) {
            throw new WorkFailed("could not write " + folder + ": " + AtomicFile.reason(e), e);
        }
    }

    /**
     * An existing sweep, to go on with.
     *
     * @throws BadInput if there is none, or another process has it open
     */
    public static SweepFolder open(Path folder) {
        check(folder);
        try {
            return locked(folder);
        } catch (IOException e) {
            throw new WorkFailed("could not write " + folder + ": " + AtomicFile.reason(e), e);
        }
    }

    /**
     * Refuses a folder that is no sweep's.
     *
     * @throws BadInput if it isn't
     */
    public static void check(Path folder) {
        if (!Files.exists(journal(folder))) {
            throw new BadInput("no sweep in " + folder + ": there is no journal.jsonl");
        }
    }

    public Path path() {
        return folder;
    }

    /** A folder's journal. */
    public static Path journal(Path folder) {
        return folder.resolve("journal.jsonl");
    }

    /** A folder's copy of the sweep's file. */
    public static Path file(Path folder) {
        return folder.resolve("sweep.yaml");
    }

    /** The run folder of a trial. */
    public static Path run(Path folder, int id) {
        return folder.resolve("trials").resolve(String.format(Locale.ROOT, "%04d", id));
    }

    private static SweepFolder locked(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("trials"));
        FileChannel channel =
                FileChannel.open(
                        folder.resolve(".lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
        boolean ours;
        try {
            ours = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            ours = false;
        }
        if (!ours) {
            channel.close();
            throw new BadInput(folder + " is in use by another process");
        }
        return new SweepFolder(folder, channel);
    }

    @Override
    public void close() {
        try {
            lock.close(); // the file stays, as in a run folder
        } catch (IOException e) {
            throw new WorkFailed("could not close " + folder + ": " + AtomicFile.reason(e), e);
        }
    }
}
