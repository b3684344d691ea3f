package org.cnnzoo.weights.tensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Bytes in a file, from any place of it, for several threads at once. */
interface ByteSource {
    int PIECE = 1 << 18;

    /**
     * Fills {@code into} with what begins at {@code offset}.
     *
     * @throws java.io.EOFException if the bytes end before
     */
    void read(long offset, ByteBuffer into) throws IOException;

    /** Reads {@code count} values that lie one behind the other from byte {@code offset} on. */
    default float[] floats(Dtype dtype, ByteOrder order, long offset, int count)
            throws IOException {
        float[] values = new float[count];
        ByteBuffer piece =
                ByteBuffer.allocate((int) Math.min(PIECE, (long) count * dtype.bytes()))
                        .order(order);
        int each = PIECE / dtype.bytes();
        for (long at = 0; at < count; at += each) {
            int now = (int) Math.min(each, count - at);
            piece.clear().limit(now * dtype.bytes());
            read(offset + at * dtype.bytes(), piece);
            dtype.read(piece.flip(), values, (int) at, now);
        }
        return values;
    }
}
