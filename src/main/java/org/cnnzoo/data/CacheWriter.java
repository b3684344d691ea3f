package org.cnnzoo.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;

/** Writes a {@link CacheFile}: decodes on every core, writes in order. */
final class CacheWriter {
    /** Images decoded at a time. */
    private static final int CHUNK = 64;

    private final CacheFile file;
    private final long mostBytes;
    private final ByteBuffer entries;
    private long bytes;
    private long end;

    CacheWriter(CacheFile file, long mostBytes) {
        this.file = file;
        this.mostBytes = mostBytes;
        this.entries = ByteBuffer.allocate(Math.multiplyExact(file.size(), CacheFile.ENTRY));
        this.end = CacheFile.HEADER + (long) entries.capacity();
    }

    void write(IntFunction<Optional<PixelImage>> read) throws IOException {
        Path temporary = file.path().resolveSibling("." + file.path().getFileName() + ".tmp");
        try {
            try (FileChannel out =
                    FileChannel.open(
                            temporary,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.TRUNCATE_EXISTING)) {
                for (int from = 0; from < file.size() && bytes < mostBytes; from += CHUNK) {
                    int to = Math.min(from + CHUNK, file.size());
                    List<Optional<PixelImage>> images =
                            IntStream.range(from, to).parallel().mapToObj(read).toList();
                    for (Optional<PixelImage> image : images) {
                        add(image, out);
                    }
                }
                all(entries.clear(), CacheFile.HEADER, out);
                all(file.header(end), 0, out);
                out.force(true);
            }
            Files.move(
                    temporary,
                    file.path(),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private void add(Optional<PixelImage> image, FileChannel out) throws IOException {
        if (image.isEmpty() || bytes + image.get().pixels().length > mostBytes) {
            entries.position(entries.position() + CacheFile.ENTRY); // zeros: it isn't there
            return;
        }
        PixelImage it = image.get();
        byte[] pixels = it.pixels();
        // No image lies across two of the pieces that are mapped
        long inPiece = end % FileStore.PIECE;
        if (inPiece + pixels.length > FileStore.PIECE) {
            end += FileStore.PIECE - inPiece;
        }
        CRC32C crc = new CRC32C();
        crc.update(pixels);
        entries.putLong(end)
                .putInt(it.channels())
                .putInt(it.height())
                .putInt(it.width())
                .putInt((int) crc.getValue());
        all(ByteBuffer.wrap(pixels), end, out);
        end += pixels.length;
        bytes += pixels.length;
    }

    private static void all(ByteBuffer from, long position, FileChannel out) throws IOException {
        long at = position;
        while (from.hasRemaining()) {
            at += out.write(from, at);
        }
    }
}
