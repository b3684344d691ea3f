package org.cnnzoo.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.errors.WorkFailed;

/**
 * A folder that this process alone may write to, until the lock is closed. It is the operating
 * system's: it goes when the process does, however that ends.
 */
public final class FolderLock implements AutoCloseable {
    private final FileChannel file;

    private FolderLock(FileChannel file) {
        this.file = file;
    }

    /**
     * Takes a folder.
     *
     * @param file in it, that the lock is on
     * @throws BadInput if another process has it
     * @throws WorkFailed if the folder can't be written
     */
    static FolderLock of(Path folder, Path file) {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (taken(channel)) {
                return new FolderLock(channel);
            }
            channel.close();
        } catch (IOException e) {
            throw Folders.unwritable(folder, e);
        }
        throw new BadInput(
                "%s is in use by another process%nwait for it, or start one of its own"
                        .formatted(folder));
    }

    /** The lock of a folder that has no name for it: {@code .lock}. */
    public static FolderLock of(Path folder) {
        return of(folder, folder.resolve(".lock"));
    }

    private static boolean taken(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // another thread of this process has it
        }
    }

    /** Gives the folder free for others. */
    @Override
    public void close() {
        try {
            // The file stays: deleting it would let two processes lock two files of one name
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
