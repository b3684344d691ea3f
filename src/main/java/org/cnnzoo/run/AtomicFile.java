package org.cnnzoo.run;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.errors.WorkFailed;

/** Writing a file so that its name holds the old content or the new, whenever the machine stops. */
public final class AtomicFile {
    /** The end of the names under which files are written before they are renamed. */
    private static final String TEMPORARY = ".tmp";

    private static final int MOST_LINKS = 40; // as Linux has it

    private AtomicFile() {}

    /** What writes the content; it need not close or flush. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Whether a file has the name under which {@link #write} writes another. */
    static boolean isTemporary(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(".") && name.endsWith(TEMPORARY) && Files.isRegularFile(file);
    }

    /**
     * Writes beside, forces to the disk, and renames. A link's target is written, not the link; a
     * device or a pipe is written into.
     *
     * @throws BadInput if it is a folder
     * @throws WorkFailed if the disk is full or the folder can't be written; what was there before
     *     is still there
     */
    public static void write(Path file, Content content) {
        if (Files.isDirectory(file)) {
            throw new BadInput(file + " is a folder; a file was expected");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            writeInto(file, content);
        } else {
            replace(target(file), content);
        }
    }

    /** What links lead to, whether it is there or not. */
    private static Path target(Path file) {
        Path target = file;
        try {
            for (int links = 0; links < MOST_LINKS && Files.isSymbolicLink(target); links++) {
                target = target.resolveSibling(Files.readSymbolicLink(target));
            }
        } catch (IOException e) {
            throw failed(file, e);
        }
        return target;
    }

    private static void writeInto(Path file, Content content) {
        try (OutputStream out =
                new BufferedOutputStream(
                        Files.newOutputStream(file, StandardOpenOption.WRITE), 1 << 16)) {
            content.writeTo(out);
        } catch (IOException e) {
            throw failed(file, e);
        }
    }

    private static void replace(Path file, Content content) {
        Path temporary = // of this process: two may write the same file
                file.resolveSibling(
                        ".%s.%d%s"
                                .formatted(
                                        file.getFileName(),
                                        ProcessHandle.current().pid(),
                                        TEMPORARY));
        temporary.toFile().deleteOnExit(); // a process may be told to stop
        try {
            try (FileChannel channel =
                    FileChannel.open(
                            temporary,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.TRUNCATE_EXISTING)) {
                OutputStream out =
                        new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
                content.writeTo(out);
                out.flush();
                channel.force(true);
            }
            Files.move(
                    temporary,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            forceFolder(file.toAbsolutePath().getParent());
        } catch (RuntimeException | Error e) { // of the content
            discard(temporary);
            throw e;
        } catch (IOException e) {
            discard(temporary);
            throw failed(file, e);
        }
    }

    private static WorkFailed failed(Path file, IOException e) {
        return new WorkFailed(
                "could not write %s: %s%n%s"
                        .formatted(
                                file,
                                reason(e),
                                Files.exists(file)
                                        ? "the file that was there is intact"
                                        : "nothing was left there"),
                e);
    }

    /** Writes text in UTF-8, see {@link #write(Path, Content)}. */
    public static void write(Path file, String text) {
        write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** An I/O error in words: a bare file name, as the JDK gives it, says too little. */
    public static String reason(IOException e) {
        String kind =
                switch (e.getClass().getSimpleName()) {
                    case "NoSuchFileException" -> "no such file or folder";
                    case "AccessDeniedException" -> "permission denied";
                    case "FileAlreadyExistsException" -> "there is a file of that name";
                    default -> null;
                };
        if (kind != null) {
            return kind;
        }
        if (e instanceof FileSystemException system && system.getReason() != null) {
            return system.getReason().toLowerCase(Locale.ROOT);
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static void forceFolder(Path folder) {
        // The rename itself is only safe from a power cut once the folder is on the disk
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Not every file system lets a folder be forced; the content is safe all the same
            return;
        }
    }

    private static void discard(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            // It is removed when the run is opened again
            return;
        }
    }
}
