package org.cnnzoo.weights.tensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cnnzoo.weights.tensors.SafetensorsHeader.Entry;

/**
 * Opens safetensors files: 8 bytes with the header's length, little endian, the header in JSON, the
 * values. As in the reference implementation the values lie one behind the other without gaps.
 */
final class SafetensorsReader {
    /** The reference implementation's limit. */
    private static final long LONGEST_HEADER = 100_000_000;

    private final Path file;
    private final ChannelSource source;

    private SafetensorsReader(Path file, ChannelSource source) {
        this.file = file;
        this.source = source;
    }

    /** Checks the whole header; values are read later. */
    static TensorFile open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file);
        try {
            Map<String, Tensor> tensors =
                    new SafetensorsReader(file, new ChannelSource(channel)).tensors(channel.size());
            return new TensorFile(file, "safetensors", tensors, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private Map<String, Tensor> tensors(long fileSize) throws IOException {
        long rest = fileSize - Long.BYTES;
        long length = source.bytes(0, Long.BYTES).getLong();
        if (length < 0 || length > LONGEST_HEADER) {
            throw new DamagedFile(
                    "a header of %s bytes; at most %d are right"
                            .formatted(Long.toUnsignedString(length), LONGEST_HEADER));
        }
        if (length > rest) {
            throw new DamagedFile(
                    "a header of %d bytes, but %d follow; is it a whole copy?"
                            .formatted(length, rest));
        }
        Map<String, Entry> entries =
                SafetensorsHeader.parse(text(source.bytes(Long.BYTES, (int) length)));
        DataOffsets.check(entries, rest - length);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Map.Entry<String, Entry> entry : entries.entrySet()) {
            String name = entry.getKey();
            tensors.put(name, tensor(name, entry.getValue(), Long.BYTES + length));
        }
        return tensors;
    }

    private Tensor tensor(String name, Entry entry, long start) throws IOException {
        String where = "tensor " + DamagedFile.quoted(name);
        Dtype dtype =
                Dtype.named(entry.dtype())
                        .orElseThrow(
                                () ->
                                        new DamagedFile(
                                                "%s is of %s; %s can be read"
                                                        .formatted(
                                                                where,
                                                                DamagedFile.quoted(entry.dtype()),
                                                                known())));
        int count;
        try {
            count = Shape.checkedCount(entry.shape());
        } catch (DamagedFile e) {
            throw new DamagedFile(where + " has " + e.getMessage(), e);
        }
        long size = (long) count * dtype.bytes();
        if (entry.end() - entry.begin() != size) {
            throw new DamagedFile(
                    "%s: %s of %s are %d bytes, its data_offsets span %d"
                            .formatted(
                                    where,
                                    Shape.text(entry.shape()),
                                    dtype,
                                    size,
                                    entry.end() - entry.begin()));
        }
        return new Tensor(
                name,
                entry.shape(),
                dtype.name(),
                () -> values(dtype, start + entry.begin(), count));
    }

    private float[] values(Dtype dtype, long offset, int count) {
        try {
            return source.floats(dtype, ByteOrder.LITTLE_ENDIAN, offset, count);
        } catch (IOException e) {
            throw DamagedFile.failure(file, e);
        }
    }

    private static String text(ByteBuffer utf8) throws DamagedFile {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
        } catch (CharacterCodingException e) {
            throw new DamagedFile("its header is no UTF-8", e);
        }
    }

    private static String known() {
        return Stream.of(Dtype.values()).map(Dtype::name).collect(Collectors.joining(", "));
    }
}
