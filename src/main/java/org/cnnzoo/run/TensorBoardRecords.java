package org.cnnzoo.run;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.nd4j.shade.protobuf.CodedInputStream;
import org.nd4j.shade.protobuf.CodedOutputStream;

/**
 * TensorBoard's events as bytes: TensorFlow's {@code Event} and {@code Summary} messages, each
 * framed as a TFRecord.
 *
 * <p>Fields are written one by one with ND4J's copy of protobuf, which is on the class path: four
 * fields are not worth a compiler of message files.
 */
final class TensorBoardRecords {
    // event.proto
    private static final int WALL_TIME = 1;
    private static final int STEP = 2;
    private static final int FILE_VERSION = 3;
    private static final int SUMMARY = 5;
    // summary.proto
    private static final int VALUE = 1;
    private static final int TAG = 1;
    private static final int SIMPLE_VALUE = 2;

    /** Length, its checksum, and the checksum behind the data. */
    private static final int FRAME = Long.BYTES + 2 * Integer.BYTES;

    private TensorBoardRecords() {}

    private interface Fields {
        void writeTo(CodedOutputStream out) throws IOException;
    }

    /** The record that a file begins with. */
    static byte[] version(double wallTime) {
        return framed(
                message(
                        out -> {
                            out.writeDouble(WALL_TIME, wallTime);
                            out.writeString(FILE_VERSION, "brain.Event:2");
                        }));
    }

    /**
     * A record of scalars by tag.
     *
     * @param wallTime seconds since 1970
     * @param step what they are drawn over
     */
    static byte[] scalars(double wallTime, long step, Map<String, Double> values) {
        byte[] summary =
                message(
                        out -> {
                            for (Map.Entry<String, Double> value : values.entrySet()) {
                                out.writeByteArray(VALUE, scalar(value));
                            }
                        });
        return framed(
                message(
                        out -> {
                            out.writeDouble(WALL_TIME, wallTime);
                            out.writeInt64(STEP, step);
                            out.writeByteArray(SUMMARY, summary);
                        }));
    }

    private static byte[] scalar(Map.Entry<String, Double> value) {
        return message(
                out -> {
                    out.writeString(TAG, value.getKey());
                    out.writeFloat(SIMPLE_VALUE, value.getValue().floatValue());
                });
    }

    private static byte[] message(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            fields.writeTo(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // not in memory
        }
        return bytes.toByteArray();
    }

    private static byte[] framed(byte[] data) {
        ByteBuffer record = ByteBuffer.allocate(FRAME + data.length).order(ByteOrder.LITTLE_ENDIAN);
        record.putLong(data.length);
        record.putInt(masked(record.array(), 0, Long.BYTES));
        record.put(data);
        record.putInt(masked(data, 0, data.length));
        return record.array();
    }

    /** CRC-32C, turned and moved: TensorFlow's way for checksums of data that hold checksums. */
    private static int masked(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        return Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
    }

    /** The steps that a file has scalars of; a record that is cut off ends it. */
    static List<Long> steps(byte[] file) throws IOException {
        List<Long> steps = new ArrayList<>();
        ByteBuffer records = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        while (records.remaining() >= FRAME) {
            long length = records.getLong();
            records.getInt();
            if (length < 0 || length > records.remaining() - Integer.BYTES) {
                break;
            }
            CodedInputStream event =
                    CodedInputStream.newInstance(file, records.position(), (int) length);
            long step = 0;
            boolean scalars = false;
            for (int tag = event.readTag(); tag != 0; tag = event.readTag()) {
                scalars |= tag >>> 3 == SUMMARY;
                if (tag >>> 3 == STEP) {
                    step = event.readInt64();
                } else {
                    event.skipField(tag);
                }
            }
            if (scalars) {
                steps.add(step);
            }
            records.position(records.position() + (int) length + Integer.BYTES);
        }
        return steps;
    }
}
