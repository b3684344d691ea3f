package org.cnnzoo.weights.tensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cnnzoo.errors.BadInput;

/** Reads a single array from a {@code .npy} file of NumPy, versions 1 to 3. */
public final class NpyFile {
    private static final int LONGEST_HEADER = 1 << 16;

    private NpyFile() {}

    /**
     * Reads the whole array: its shape, and its values in row-major order whichever the file has.
     * It is named after the file.
     *
     * @throws BadInput if there is no such file, or it is something else
     * @throws org.cnnzoo.errors.WorkFailed if it is damaged, or its values are no plain numbers
     */
    public static Tensor read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new BadInput(
                    (Files.isDirectory(file) ? "%s is a folder, not a file" : "no file %s")
                            .formatted(file));
        }
        try (FileChannel channel = FileChannel.open(file)) {
            return read(file, new ChannelSource(channel), channel.size());
        } catch (IOException e) {
            throw DamagedFile.failure(file, e);
        }
    }

    private static Tensor read(Path file, ChannelSource source, long fileSize) throws IOException {
        int magic = NpyHeader.MAGIC.length;
        if (fileSize < magic || !source.bytes(0, magic).equals(ByteBuffer.wrap(NpyHeader.MAGIC))) {
            throw new BadInput(
                    "%s is no NumPy array%nin Python: numpy.save('x.npy', array)".formatted(file));
        }
        int version = Byte.toUnsignedInt(source.bytes(magic, 1).get());
        if (version < 1 || version > 3) {
            throw new DamagedFile("version " + version + "; 1, 2 and 3 can be read");
        }
        int start = magic + 2 + (version == 1 ? Short.BYTES : Integer.BYTES);
        long length =
                version == 1
                        ? Short.toUnsignedInt(source.bytes(magic + 2, Short.BYTES).getShort())
                        : Integer.toUnsignedLong(source.bytes(magic + 2, Integer.BYTES).getInt());
        if (length > LONGEST_HEADER) {
            throw new DamagedFile("a header of " + length + " bytes");
        }
        ByteBuffer text = source.bytes(start, (int) length);
        NpyHeader header = NpyHeader.parse(StandardCharsets.UTF_8.decode(text).toString());
        Dtype dtype = header.dtype();
        List<Long> shape = header.shape();
        int count = Shape.checkedCount(shape);
        long values = fileSize - start - length;
        if (values != (long) count * dtype.bytes()) {
            throw new DamagedFile(
                    "%s of %s are %d bytes, the file has %d; is it a whole copy?"
                            .formatted(
                                    Shape.text(shape),
                                    header.descr(),
                                    (long) count * dtype.bytes(),
                                    values));
        }
        float[] read = source.floats(dtype, header.order(), start + length, count);
        float[] ordered =
                header.fortran() && count > 0
                        ? Strides.gather(read, shape, Strides.columnMajor(shape))
                        : read;
        return new Tensor(file.getFileName().toString(), shape, dtype.name(), ordered::clone);
    }
}
