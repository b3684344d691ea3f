package org.cnnzoo.run;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Flat vectors as bytes: big-endian floats, bare or behind the header that {@code Nd4j.write} puts
 * before them. {@code Nd4j.write} itself goes through the stream float by float, which takes
 * seconds for a large network.
 */
final class FloatStream {
    private static final int PIECE = 1 << 14;

    private FloatStream() {}

    /** Writes as {@code Nd4j.write} does, to the byte. */
    static void writeArray(INDArray array, DataOutputStream out) throws IOException {
        INDArray header = array.isView() ? Nd4j.create(DataType.FLOAT, array.shape()) : array;
        header.shapeInfoDataBuffer().write(out);
        out.writeUTF(header.data().allocationMode().name());
        out.writeLong(array.length());
        out.writeUTF(DataType.FLOAT.name());
        writeFloats(array, out);
    }

    /**
     * Reads what {@link #writeArray} or {@code Nd4j.write} wrote, as a flat vector.
     *
     * @throws IOException if it isn't {@code length} floats
     */
    static INDArray readArray(DataInputStream in, long length) throws IOException {
        in.readUTF();
        long shapeNumbers = in.readLong();
        DataType shapeType = type(in.readUTF());
        if (shapeNumbers < 4 || shapeNumbers > 100 || !shapeType.isIntType()) {
            throw new IOException("no array's header");
        }
        in.skipNBytes(shapeNumbers * shapeType.width());
        in.readUTF();
        long stored = in.readLong();
        DataType type = type(in.readUTF());
        if (stored != length || type != DataType.FLOAT) {
            throw new IOException(
                    "%d of %s where %d of FLOAT should be".formatted(stored, type, length));
        }
        return readFloats(in, length);
    }

    static void writeFloats(INDArray array, DataOutputStream out) throws IOException {
        FlatVector vector = FlatVector.of(array);
        float[] floats = new float[PIECE];
        ByteBuffer bytes = ByteBuffer.allocate(4 * PIECE);
        for (long at = 0; at < vector.length(); at += PIECE) {
            int count = (int) Math.min(PIECE, vector.length() - at);
            vector.read(at, floats, count);
            bytes.asFloatBuffer().put(floats, 0, count);
            out.write(bytes.array(), 0, 4 * count);
        }
    }

    static INDArray readFloats(DataInputStream in, long length) throws IOException {
        INDArray array = Nd4j.createUninitializedDetached(DataType.FLOAT, length);
        FlatVector vector = FlatVector.of(array);
        float[] floats = new float[PIECE];
        ByteBuffer bytes = ByteBuffer.allocate(4 * PIECE);
        for (long at = 0; at < length; at += PIECE) {
            int count = (int) Math.min(PIECE, length - at);
            in.readFully(bytes.array(), 0, 4 * count);
            bytes.asFloatBuffer().get(floats, 0, count);
            vector.write(at, floats, count);
        }
        return array;
    }

    private static DataType type(String name) throws IOException {
        try {
            return DataType.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new IOException("no array's header", e);
        }
    }
}
