package org.cnnzoo.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** The images of a {@link CacheFile}, mapped into memory: other processes share its pages. */
final class FileStore implements ImageStore {
    /** A file is mapped in pieces: Java's buffers end at 2 GiB. */
    static final int PIECE = 1 << 30;

    private final ByteBuffer entries;
    private final List<MappedByteBuffer> pieces;
    private final long bytes;

    private FileStore(ByteBuffer entries, List<MappedByteBuffer> pieces, long bytes) {
        this.entries = entries;
        this.pieces = pieces;
        this.bytes = bytes;
    }

    /** Maps a whole file; the mapping outlives the channel. */
    static FileStore map(FileChannel channel, int size) throws IOException {
        long length = channel.size();
        List<MappedByteBuffer> pieces = new ArrayList<>();
        for (long from = 0; from < length; from += PIECE) {
            pieces.add(
                    channel.map(
                            FileChannel.MapMode.READ_ONLY, from, Math.min(PIECE, length - from)));
        }
        ByteBuffer entries = ByteBuffer.allocate(size * CacheFile.ENTRY);
        int read = 0;
        while (entries.hasRemaining() && read >= 0) {
            read = channel.read(entries, CacheFile.HEADER + (long) entries.position());
        }
        return new FileStore(entries, pieces, length - CacheFile.HEADER - entries.capacity());
    }

    /** Bytes of pixels. */
    long bytes() {
        return bytes;
    }

    /** Null as well for pixels that a disk has given back otherwise than they were written. */
    @Override
    public @Nullable PixelImage find(int i) {
        int entry = i * CacheFile.ENTRY;
        long offset = entries.getLong(entry);
        if (offset == 0) {
            return null;
        }
        int channels = entries.getInt(entry + 8);
        int height = entries.getInt(entry + 12);
        int width = entries.getInt(entry + 16);
        byte[] pixels = new byte[channels * height * width];
        pieces.get((int) (offset / PIECE)).get((int) (offset % PIECE), pixels);
        CRC32C crc = new CRC32C();
        crc.update(pixels);
        return (int) crc.getValue() == entries.getInt(entry + 20)
                ? new PixelImage(channels, height, width, pixels)
                : null;
    }

    /** The file holds all that it will. */
    @Override
    public void keep(int i, PixelImage image) {}
}
