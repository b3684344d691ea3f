package org.cnnzoo.weights.tensors;

import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The names of Python that a pickle may mention, all of them. A constant stands for what we do in
 * their place; no class is ever looked up by name.
 */
enum PickleGlobal {
    ORDERED_DICT("collections.OrderedDict"),
    /** A dict with numbers, in which some schedules keep their epochs. */
    COUNTER("collections.Counter"),
    REBUILD_TENSOR("torch._utils._rebuild_tensor_v2"),
    REBUILD_PARAMETER("torch._utils._rebuild_parameter"),
    DOUBLE_STORAGE("torch.DoubleStorage", Dtype.F64),
    FLOAT_STORAGE("torch.FloatStorage", Dtype.F32),
    HALF_STORAGE("torch.HalfStorage", Dtype.F16),
    BFLOAT16_STORAGE("torch.BFloat16Storage", Dtype.BF16),
    LONG_STORAGE("torch.LongStorage", Dtype.I64),
    INT_STORAGE("torch.IntStorage", Dtype.I32),
    SHORT_STORAGE("torch.ShortStorage", Dtype.I16),
    CHAR_STORAGE("torch.CharStorage", Dtype.I8),
    BYTE_STORAGE("torch.ByteStorage", Dtype.U8),
    BOOL_STORAGE("torch.BoolStorage", Dtype.BOOL);

    private final String python;
    private final @Nullable Dtype stored;

    PickleGlobal(String python) {
        this(python, null);
    }

    PickleGlobal(String python, @Nullable Dtype stored) {
        this.python = python;
        this.stored = stored;
    }

    static Optional<PickleGlobal> named(String python) {
        return Stream.of(values()).filter(global -> global.python.equals(python)).findFirst();
    }

    /** The type of the values, if this is a storage. */
    Optional<Dtype> stored() {
        return Optional.ofNullable(stored);
    }

    @Override
    public String toString() {
        return python;
    }
}
