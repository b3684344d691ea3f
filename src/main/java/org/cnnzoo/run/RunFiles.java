package org.cnnzoo.run;

import java.nio.file.Files;
import java.nio.file.Path;
import org.cnnzoo.errors.BadInput;

/**
 * The names in a run folder; looking at them needs no lock.
 *
 * @param folder the run's
 */
public record RunFiles(Path folder) {
    /**
     * An existing run's files.
     *
     * @throws BadInput if the folder isn't there or holds no run
     */
    public static RunFiles of(Path folder) {
        RunFiles files = new RunFiles(folder);
        if (!Files.isDirectory(folder)) {
            throw new BadInput("no run folder at " + folder);
        }
        if (!files.holdsRun()) {
            throw new BadInput(
                    "%s is not a run folder: it has neither config.yaml nor checkpoints/last.zip"
                            .formatted(folder));
        }
        return files;
    }

    boolean holdsRun() {
        return Files.exists(config()) || Files.exists(last());
    }

    /** The run's name: its folder's. */
    public String name() {
        Path name = folder.toAbsolutePath().normalize().getFileName();
        return name == null ? folder.toString() : name.toString();
    }

    /** The resolved configuration. */
    public Path config() {
        return folder.resolve("config.yaml");
    }

    /** One {@link EpochRecord} a line. */
    public Path metrics() {
        return folder.resolve("metrics.jsonl");
    }

    /** The {@link RunResult}. */
    public Path result() {
        return folder.resolve("result.json");
    }

    /** TensorBoard's event files. */
    public Path tensorBoard() {
        return folder.resolve("tensorboard");
    }

    /** What was said while it ran. */
    public Path log() {
        return folder.resolve("train.log");
    }

    /** The page of {@code cnn report}. */
    public Path report() {
        return folder.resolve("report.html");
    }

    Path checkpoints() {
        return folder.resolve("checkpoints");
    }

    /** The checkpoint to go on from. */
    public Path last() {
        return checkpoints().resolve("last.zip");
    }

    /** The checkpoint with the best validation top-1: to evaluate and predict with. */
    public Path best() {
        return checkpoints().resolve("best.zip");
    }

    Path lock() {
        return folder.resolve(".lock");
    }
}
