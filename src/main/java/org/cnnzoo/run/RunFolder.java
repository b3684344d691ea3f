package org.cnnzoo.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.errors.WorkFailed;

/** A run folder that this process alone may write to, until it is closed. */
public final class RunFolder implements AutoCloseable {
    private final RunFiles files;
    private final FolderLock lock;
    private final MetricsFile metrics;

    private RunFolder(RunFiles files) {
        this.files = files;
        this.lock = FolderLock.of(files.folder(), files.lock());
        try {
            Folders.create(files.checkpoints());
            if (files.holdsRun()) { // else whatever is there is somebody else's
                sweep(files.folder());
                sweep(files.checkpoints());
            }
            this.metrics = MetricsFile.open(files.metrics());
        } catch (IOException e) {
            close();
            throw Folders.unwritable(files.folder(), e);
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
        String name = plain(model) + "-" + plain(dataset);
        return new RunFolder(new RunFiles(Folders.stamped(parent, name, now)));
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
        Folders.make(folder);
        return new RunFolder(files);
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

    /** Takes the result away: the run goes on, and has another one or none. */
    public void removeResult() {
        try {
            Files.deleteIfExists(files.result());
        } catch (IOException e) {
            throw Folders.unwritable(files.result(), e);
        }
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
            throw Folders.unwritable(files.log(), e);
        }
    }

    /**
     * Adds lines to the log on the way out of a failure, which stays the one to tell of if the log
     * can't be written either.
     */
    public void logBeside(WorkFailed failure, String lines) {
        try {
            log(lines);
        } catch (WorkFailed unwritable) {
            failure.addSuppressed(unwritable);
        }
    }

    /** Gives the folder free for others. */
    @Override
    public void close() {
        lock.close();
    }

    /** Removes what a killed process was writing. */
    private static void sweep(Path folder) throws IOException {
        List<Path> left;
        try (Stream<Path> entries = Files.list(folder)) {
            left = entries.filter(AtomicFile::isTemporary).toList();
        }
        for (Path file : left) {
            Files.deleteIfExists(file);
        }
    }

    private static String plain(String name) {
        return name.replaceAll("[^A-Za-z0-9._-]+", "_");
    }
}
