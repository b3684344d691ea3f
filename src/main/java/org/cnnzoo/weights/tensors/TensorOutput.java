package org.cnnzoo.weights.tensors;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.cnnzoo.errors.WorkFailed;
import org.cnnzoo.run.AtomicFile;

/** What the writers have in common: checked names, one file or none, little-endian floats. */
final class TensorOutput {
    private static final int PIECE = 1 << 14;

    private TensorOutput() {}

    static void write(Path file, List<Tensor> tensors, AtomicFile.Content content) {
        Set<String> names = new HashSet<>();
        for (Tensor tensor : tensors) {
            if (!names.add(tensor.name()) || tensor.name().equals("__metadata__")) {
                throw new IllegalArgumentException("a second tensor " + tensor.name());
            }
        }
        AtomicFile.write(
                file,
                out -> {
                    try {
                        content.writeTo(out);
                    } catch (WorkFailed e) {
                        // Values came from a file that can't be read: nothing half written stays
                        throw new IOException(e.getMessage(), e);
                    }
                });
    }

    static void floats(float[] values, OutputStream out) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * PIECE).order(ByteOrder.LITTLE_ENDIAN);
        for (long at = 0; at < values.length; at += PIECE) {
            int count = (int) Math.min(PIECE, values.length - at);
            bytes.asFloatBuffer().put(values, (int) at, count);
            out.write(bytes.array(), 0, Float.BYTES * count);
        }
    }
}
