package org.cnnzoo.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.cnnzoo.errors.WorkFailed;
import org.cnnzoo.run.AtomicFile;

/** A file that a flag names. */
final class OutputFile {
    private OutputFile() {}

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
                Files.createDirectories(folder);
            }
        } catch (IOException e) {
            throw new WorkFailed("could not write " + file + ": " + AtomicFile.reason(e), e);
        }
    }
}
