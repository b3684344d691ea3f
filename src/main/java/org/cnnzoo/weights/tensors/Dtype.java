package org.cnnzoo.weights.tensors;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.stream.Stream;

/** A type of values in a file, by its name in safetensors, and how it becomes float. */
enum Dtype {
    F32(4),
    F64(8),
    F16(2),
    BF16(2),
    I64(8),
    I32(4),
    I16(2),
    I8(1),
    U64(8),
    U32(4),
    U16(2),
    U8(1),
    BOOL(1);

    private final int bytes;

    Dtype(int bytes) {
        this.bytes = bytes;
    }

    static Optional<Dtype> named(String name) {
        return Stream.of(values()).filter(type -> type.name().equals(name)).findFirst();
    }

    /** Bytes of one value. */
    int bytes() {
        return bytes;
    }

    /** Takes {@code count} values from {@code in}, in its byte order. */
    void read(ByteBuffer in, float[] out, int from, int count) {
        if (this == F32) {
            in.asFloatBuffer().get(out, from, count);
            in.position(in.position() + 4 * count);
            return;
        }
        for (int i = 0; i < count; i++) {
            out[from + i] = next(in);
        }
    }

    private float next(ByteBuffer in) {
        return switch (this) {
            case F32 -> in.getFloat();
            case F64 -> (float) in.getDouble();
            case F16 -> half(in.getShort());
            case BF16 -> Float.intBitsToFloat(in.getShort() << 16);
            case I64 -> in.getLong();
            case I32 -> in.getInt();
            case I16 -> in.getShort();
            case I8 -> in.get();
            case U64 -> unsigned(in.getLong());
            case U32 -> Integer.toUnsignedLong(in.getInt());
            case U16 -> Short.toUnsignedInt(in.getShort());
            case U8 -> Byte.toUnsignedInt(in.get());
            case BOOL -> in.get() == 0 ? 0 : 1;
        };
    }

    /** IEEE 754 binary16: 1 bit sign, 5 bits exponent, 10 bits fraction. */
    private static float half(short bits) {
        int sign = (bits & 0x8000) << 16;
        int exponent = (bits >> 10) & 0x1f;
        int fraction = bits & 0x3ff;
        if (exponent == 0) {
            float tiny = fraction * 0x1p-24f;
            return sign == 0 ? tiny : -tiny;
        }
        int wider = exponent == 31 ? 255 : exponent - 15 + 127;
        return Float.intBitsToFloat(sign | (wider << 23) | (fraction << 13));
    }

    private static float unsigned(long bits) {
        // Halved with the lost bit kept, so that rounding is still to the nearest
        return bits >= 0 ? bits : 2f * ((bits >>> 1) | (bits & 1));
    }
}
