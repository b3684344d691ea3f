package org.cnnzoo.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.cnnzoo.errors.WorkFailed;

/**
 * A file of prepared images: a header, an entry for each image, the pixels.
 *
 * <p>It is written to a name of its own and renamed when it is whole, by one process at a time;
 * those that come meanwhile wait and use it. One that is cut off, or made from files that have
 * changed since, is made anew; who reads the old one keeps it, since a rename leaves it alone.
 *
 * @param path its name
 * @param state 32 bytes that change with the images and with what is done to them
 * @param size of the split
 */
@SuppressWarnings("ArrayRecordComponent") // a digest
record CacheFile(Path path, byte[] state, int size) {
    /** Also the format's version. */
    private static final long MAGIC = 0x636e6e2d696d6731L; // "cnn-img1"

    /** Magic number, number of images, state, length of the whole file. */
    static final int HEADER = Long.BYTES + Integer.BYTES + 32 + Long.BYTES;

    /**
     * Offset, or 0 for an image that isn't there; channels, height, width; CRC-32C of the pixels.
     */
    static final int ENTRY = Long.BYTES + 4 * Integer.BYTES;

    /** Threads of one process can't wait for each other by a lock on a file. */
    private static final Object ONE_AT_A_TIME = new Object();

    /**
     * Maps the file into memory, made anew where it isn't there or doesn't fit.
     *
     * @param read decodes and prepares image {@code i}
     * @param mostBytes of pixels; images beyond are left out of the file
     * @throws WorkFailed if it can't be written
     */
    FileStore open(
            IntFunction<Optional<PixelImage>> read, long mostBytes, Consumer<String> notice) {
        try {
            Optional<FileStore> before = existing();
            if (before.isPresent()) {
                return before.get();
            }
            synchronized (ONE_AT_A_TIME) {
                Path folder = path.toAbsolutePath().getParent();
                if (!Files.isDirectory(folder)) { // a link to one: some JDKs 17 refuse it
                    Files.createDirectories(folder);
                }
                Path lock = path.resolveSibling(path.getFileName() + ".lock");
                try (FileChannel channel =
                                FileChannel.open(
                                        lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        FileLock held = channel.lock()) {
                    // Somebody else may have made it while this process waited
                    before = held.isValid() ? existing() : Optional.empty();
                    if (before.isPresent()) {
                        return before.get();
                    }
                    notice.accept("%,d images are decoded into %s".formatted(size, path));
                    new CacheWriter(this, mostBytes).write(read);
                }
                return existing().orElseThrow(() -> new IOException("it was changed meanwhile"));
            }
        } catch (IOException e) {
            throw new WorkFailed(
                    "could not keep decoded images in %s: %s%n--cache-dir names another folder, --cache ram needs none"
                            .formatted(path, e),
                    e);
        }
    }

    private Optional<FileStore> existing() throws IOException {
        if (!Files.isRegularFile(path)) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            ByteBuffer header = ByteBuffer.allocate(HEADER);
            while (header.hasRemaining() && channel.read(header) >= 0) {
                // a read may give less than there is
            }
            return !header.hasRemaining() && fits(header.flip(), channel.size())
                    ? Optional.of(FileStore.map(channel, size))
                    : Optional.empty();
        }
    }

    private boolean fits(ByteBuffer header, long length) {
        boolean kind = header.getLong() == MAGIC && header.getInt() == size;
        byte[] itsState = new byte[state.length];
        header.get(itsState);
        return kind && Arrays.equals(itsState, state) && header.getLong() == length;
    }

    /** The header of a whole file. */
    ByteBuffer header(long length) {
        return ByteBuffer.allocate(HEADER)
                .putLong(MAGIC)
                .putInt(size)
                .put(state)
                .putLong(length)
                .flip();
    }
}
