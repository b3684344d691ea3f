package org.cnnzoo.run;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.stream.Stream;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.errors.WorkFailed;

/** Folders for runs and sweeps. */
public final class Folders {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

    private Folders() {}

    /**
     * Makes a new folder {@code <parent>/<name>-<date>-<time>}, with a number behind where that
     * exists.
     *
     * @param parent created if it isn't there
     * @param now the local time, to the second
     * @throws WorkFailed if it can't be created
     */
    public static Path stamped(Path parent, String name, LocalDateTime now) {
        String full = name + "-" + STAMP.format(now);
        try {
            create(parent);
            Path folder = parent.resolve(full);
            for (int n = 2; !made(folder); n++) {
                folder = parent.resolve(full + "-" + n);
            }
            return folder;
        } catch (IOException e) {
            throw unwritable(parent, e);
        }
    }

    /**
     * {@link Files#createDirectories}, but a link to a folder is one: some JDKs 17 take it for a
     * file (JDK-8294193).
     */
    public static void create(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
        }
    }

    /** Whether it was made, rather than there already. */
    private static boolean made(Path folder) throws IOException {
        try {
            Files.createDirectory(folder);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    /**
     * Makes a folder of this very name, if it isn't there.
     *
     * @throws BadInput if a file is there
     * @throws WorkFailed if it can't be created
     */
    public static void make(Path folder) {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new BadInput(folder + " is a file; a folder was expected");
        }
        try {
            create(folder);
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
    }

    /**
     * Deletes a folder of files, if it is there.
     *
     * @throws WorkFailed if it can't be deleted
     */
    public static void delete(Path folder) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new WorkFailed("could not delete " + folder + ": " + AtomicFile.reason(e), e);
        }
    }

    static WorkFailed unwritable(Path path, IOException e) {
        return new WorkFailed("could not write " + path + ": " + AtomicFile.reason(e), e);
    }
}
