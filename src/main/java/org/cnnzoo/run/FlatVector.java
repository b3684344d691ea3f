package org.cnnzoo.run;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The memory of a flat array of floats, to be read and written a piece at a time by plain loops.
 *
 * <p>One pass of a loop that does all of an optimiser's arithmetic moves each number once; a chain
 * of array operations would move it once for each of them, and give bits that depend on the number
 * of threads. Safe for several threads that keep to different elements.
 */
public final class FlatVector {
    /** A java.nio buffer addresses less than 2 GiB: longer vectors are several. */
    private static final int SEGMENT_BITS = 28;

    private final INDArray owner;
    private final FloatBuffer[] segments;

    private FlatVector(INDArray owner, FloatBuffer[] segments) {
        this.owner = owner;
        this.segments = segments;
    }

    /**
     * A live view of an array.
     *
     * @param array of FLOAT, in C order, without gaps
     */
    public static FlatVector of(INDArray array) {
        long length = array.length();
        boolean dense =
                length == 1
                        || (array.elementWiseStride() == 1
                                && (array.ordering() == 'c' || array.rank() == 1));
        if (array.dataType() != DataType.FLOAT || !dense) {
            throw new IllegalArgumentException(
                    "a dense FLOAT array in C order is needed, not " + array.shapeInfoToString());
        }
        Pointer start = array.data().pointer();
        FloatBuffer[] segments = new FloatBuffer[(int) ((length - 1) >> SEGMENT_BITS) + 1];
        for (int s = 0; s < segments.length; s++) {
            long from = (long) s << SEGMENT_BITS;
            long count = Math.min(length - from, 1L << SEGMENT_BITS);
            try (FloatPointer at = new FloatPointer(start)) {
                long first = array.offset() + from;
                segments[s] = at.position(first).limit(first + count).asBuffer();
            }
        }
        return new FlatVector(array, segments);
    }

    /** The elements of an array of FLOAT in C order, whatever its layout. */
    public static float[] copy(INDArray array) {
        FlatVector vector = of(array.isView() || array.ordering() != 'c' ? array.dup('c') : array);
        float[] elements = new float[Math.toIntExact(vector.length())];
        vector.read(0, elements, elements.length);
        return elements;
    }

    /** How many elements there are. */
    public long length() {
        return owner.length();
    }

    /** The array behind. */
    public INDArray array() {
        return owner;
    }

    /** Copies {@code count} elements, from element {@code at} on, to the start of {@code into}. */
    public void read(long at, float[] into, int count) {
        int done = 0;
        while (done < count) {
            FloatBuffer segment = segments[(int) ((at + done) >> SEGMENT_BITS)];
            int place = (int) ((at + done) & ((1 << SEGMENT_BITS) - 1));
            int run = Math.min(count - done, segment.limit() - place);
            segment.get(place, into, done, run);
            done += run;
        }
    }

    /** Copies the first {@code count} elements of {@code from} to element {@code at} and on. */
    public void write(long at, float[] from, int count) {
        int done = 0;
        while (done < count) {
            FloatBuffer segment = segments[(int) ((at + done) >> SEGMENT_BITS)];
            int place = (int) ((at + done) & ((1 << SEGMENT_BITS) - 1));
            int run = Math.min(count - done, segment.limit() - place);
            segment.put(place, from, done, run);
            done += run;
        }
    }
}
