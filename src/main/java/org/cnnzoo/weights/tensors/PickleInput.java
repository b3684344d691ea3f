package org.cnnzoo.weights.tensors;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of a pickle, whose numbers are little endian; every method throws {@link
 * BufferUnderflowException} at the end, before it makes room for what isn't there.
 */
final class PickleInput {
    private final ByteBuffer in;

    PickleInput(byte[] pickle) {
        this.in = ByteBuffer.wrap(pickle).order(ByteOrder.LITTLE_ENDIAN);
    }

    int position() {
        return in.position();
    }

    /** A view of what follows. */
    ByteBuffer rest() {
        return in.slice();
    }

    int unsignedByte() {
        return Byte.toUnsignedInt(in.get());
    }

    int unsignedShort() {
        return Short.toUnsignedInt(in.getShort());
    }

    int signedInt() {
        return in.getInt();
    }

    long unsignedInt() {
        return Integer.toUnsignedLong(in.getInt());
    }

    /** BINFLOAT alone is big endian. */
    double bigEndianDouble() {
        return Double.longBitsToDouble(Long.reverseBytes(in.getLong()));
    }

    byte[] bytes(long count) {
        if (count > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[(int) count];
        in.get(bytes);
        return bytes;
    }

    String text(long bytes) {
        return new String(bytes(bytes), StandardCharsets.UTF_8);
    }

    /** The characters up to the end of the line, which is skipped. */
    String line() {
        StringBuilder line = new StringBuilder();
        for (int c = unsignedByte(); c != '\n'; c = unsignedByte()) {
            line.append((char) c);
        }
        return line.toString();
    }

    /**
     * A number of so many bytes in two's complement: Long, or BigInteger where that is too small.
     */
    Number wholeNumber(int bytes) {
        byte[] littleEndian = bytes(bytes);
        byte[] bigEndian = new byte[bytes + 1];
        bigEndian[0] = (byte) (bytes > 0 && littleEndian[bytes - 1] < 0 ? -1 : 0);
        for (int i = 0; i < bytes; i++) {
            bigEndian[bytes - i] = littleEndian[i];
        }
        BigInteger number = new BigInteger(bigEndian);
        if (number.bitLength() < Long.SIZE) {
            return number.longValue();
        }
        return number;
    }
}
