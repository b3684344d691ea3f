package org.cnnzoo.sweep;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Locale;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.errors.WorkFailed;
import org.cnnzoo.run.FolderLock;
import org.cnnzoo.run.Folders;

/**
 * A sweep's folder, that this process alone may write to until it is closed: {@code journal.jsonl},
 * {@code sweep.yaml} (a copy of the file), {@code trials/ID} (a run folder each), and the results.
 */
public final class SweepFolder implements AutoCloseable {
    private final Path folder;
    private final FolderLock lock;

    private SweepFolder(Path folder, FolderLock lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * A new folder {@code <parent>/<name>-<date>-<time>}, with a number behind where that exists.
     *
     * @throws WorkFailed if it can't be created
     */
    public static SweepFolder create(Path parent, String name, LocalDateTime now) {
        return locked(Folders.stamped(parent, name, now));
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
        Folders.make(folder);
        return locked(folder);
    }

    /**
     * An existing sweep, to go on with.
     *
     * @throws BadInput if there is none, or another process has it open
     */
    public static SweepFolder open(Path folder) {
        check(folder);
        return locked(folder);
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

    private static SweepFolder locked(Path folder) {
        Folders.make(folder.resolve("trials"));
        return new SweepFolder(folder, FolderLock.of(folder));
    }

    @Override
    public void close() {
        lock.close();
    }
}
