package org.cnnzoo.weights.tensors;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes {@code .npz} files of floats, a zip of NumPy arrays for {@code numpy.load}. */
public final class NpzWriter {
    /** The first day of a zip file, as NumPy has it: same tensors, same bytes. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private NpzWriter() {}

    /**
     * Writes the tensors in the given order as {@code <f4}, not compressed, as {@code numpy.savez}
     * does; one at a time is in memory.
     *
     * @throws org.cnnzoo.errors.WorkFailed if the disk is full or the folder can't be written
     * @throws IllegalArgumentException if two tensors have one name
     */
    public static void write(Path file, List<Tensor> tensors) {
        TensorOutput.write(
                file,
                tensors,
                out -> {
                    ZipOutputStream zip = new ZipOutputStream(out);
                    zip.setMethod(ZipOutputStream.STORED);
                    for (Tensor tensor : tensors) {
                        write(tensor, zip);
                    }
                    zip.finish();
                });
    }

    private static void write(Tensor tensor, ZipOutputStream zip) throws IOException {
        byte[] header = NpyHeader.ofFloats(tensor.shape());
        float[] values = tensor.values();
        // What is not compressed has its checksum in front of it
        CRC32 checksum = new CRC32();
        OutputStream nowhere = OutputStream.nullOutputStream();
        write(header, values, new CheckedOutputStream(nowhere, checksum));
        ZipEntry entry = new ZipEntry(tensor.name() + ".npy");
        entry.setTimeLocal(NO_TIME);
        entry.setSize(header.length + (long) Float.BYTES * values.length);
        entry.setCrc(checksum.getValue());
        zip.putNextEntry(entry);
        write(header, values, zip);
        zip.closeEntry();
    }

    private static void write(byte[] header, float[] values, OutputStream out) throws IOException {
        out.write(header);
        TensorOutput.floats(values, out);
    }
}
