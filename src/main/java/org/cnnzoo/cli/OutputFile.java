package org.cnnzoo.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.errors.WorkFailed;
import org.cnnzoo.run.AtomicFile;
import org.cnnzoo.run.Folders;

/** A file that a flag names. */
final class OutputFile {
    private OutputFile() {}

    /**
     * Looks at a file to be written before the work for it begins.
     *
     * @param flag that names it
     * @param inputs what is read, which may not be there
     * @throws BadInput if it is a folder, or one of the inputs, by whatever path
     */
    static void check(String flag, Path file, Collection<Path> inputs) {
        if (Files.isDirectory(file)) {
            throw new BadInput("%s is a file, but %s is a folder".formatted(flag, file));
        }
        for (Path input : inputs) {
            if (isSame(file, input)) {
                throw new BadInput(
                        "%s would overwrite %s, which is read; give another file"
                                .formatted(flag, input));
            }
        }
    }

    private static boolean isSame(Path file, Path input) {
        try {
            if (Files.exists(file) && Files.exists(input)) {
                return Files.isRegularFile(file) && Files.isSameFile(file, input);
            }
            return file.toAbsolutePath().normalize().equals(input.toAbsolutePath().normalize());
        } catch (IOException e) {
            return false; // who can't be asked can't be overwritten
        }
    }

    /** Writes text in UTF-8, likewise. */
    static void write(Path file, String text) {
        write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Writes it whole or not at all; its folder is made if need be.
     *
     * @throws WorkFailed if that is impossible
     */
    static void write(Path file, byte[] content) {
        makeFolder(file);
        AtomicFile.write(file, out -> out.write(content));
    }

    /**
     * Makes the folder that a file will be in.
     *
     * @throws WorkFailed if that is impossible
     */
    static void makeFolder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        try {
            if (folder != null) {
                Folders.create(folder);
            }
        } catch (IOException e) {
            throw new WorkFailed("could not write " + file + ": " + AtomicFile.reason(e), e);
        }
    }
}
