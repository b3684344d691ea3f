package org.cnnzoo.weights.tensors;

import java.util.List;

/**
 * What a pickle holds and Java has no own word for. The rest are String, Long, BigInteger, Double,
 * Boolean, {@code List<Object>}, and for dicts {@code Map<Object, Object>} in insertion order.
 */
sealed interface PickleValue {
    /** Python's {@code None}. */
    enum None implements PickleValue {
        NONE
    }

    /** A tuple. */
    record Tuple(List<Object> items) implements PickleValue {}

    /** A mention of one of the few names that are known. */
    record Mention(PickleGlobal global) implements PickleValue {}

    /**
     * A row of values in the zip file.
     *
     * @param key the entry's name below {@code data/}
     * @param count how many values
     */
    record Storage(Dtype dtype, String key, long count) implements PickleValue {}

    /**
     * A window onto a storage; {@code offset} and {@code strides} count values.
     *
     * @param offset of the first value
     * @param strides steps from one value to the next, for each axis
     */
    record View(Storage storage, long offset, List<Long> shape, List<Long> strides)
            implements PickleValue {}
}
