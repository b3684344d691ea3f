package org.cnnzoo.weights.tensors;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cnnzoo.weights.tensors.PickleValue.Mention;
import org.cnnzoo.weights.tensors.PickleValue.Storage;
import org.cnnzoo.weights.tensors.PickleValue.Tuple;
import org.cnnzoo.weights.tensors.PickleValue.View;

/** What we do where a pickle calls one of the functions of {@link PickleGlobal}. */
final class PickleCall {
    private PickleCall() {}

    static Object of(PickleGlobal function, List<Object> arguments) throws DamagedFile {
        return switch (function) {
            case ORDERED_DICT -> {
                if (!arguments.isEmpty()) {
                    throw misused(function.toString());
                }
                yield new LinkedHashMap<Object, Object>();
            }
            case COUNTER -> argument(arguments, 0, Map.class, function.toString());
            case REBUILD_TENSOR -> tensor(arguments);
            // (tensor, requires_grad, hooks)
            case REBUILD_PARAMETER -> argument(arguments, 0, View.class, function.toString());
            default -> throw misused(function.toString());
        };
    }

    /** {@code (storage, offset, size, stride, requires_grad, hooks)}. */
    private static View tensor(List<Object> arguments) throws DamagedFile {
        String what = PickleGlobal.REBUILD_TENSOR.toString();
        return new View(
                argument(arguments, 0, Storage.class, what),
                argument(arguments, 1, Long.class, what),
                numbers(argument(arguments, 2, Tuple.class, what), what),
                numbers(argument(arguments, 3, Tuple.class, what), what));
    }

    /** The persistent id {@code ('storage', torch.FloatStorage, key, location, count)}. */
    static Storage storage(Tuple id) throws DamagedFile {
        String what = "a persistent id";
        if (!argument(id.items(), 0, String.class, what).equals("storage")) {
            throw misused(what);
        }
        return new Storage(
                argument(id.items(), 1, Mention.class, what)
                        .global()
                        .stored()
                        .orElseThrow(() -> misused(what)),
                argument(id.items(), 2, String.class, what),
                argument(id.items(), 4, Long.class, what));
    }

    private static List<Long> numbers(Tuple tuple, String what) throws DamagedFile {
        Long[] numbers = new Long[tuple.items().size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = argument(tuple.items(), i, Long.class, what);
        }
        return List.of(numbers);
    }

    private static <T> T argument(List<Object> arguments, int at, Class<T> type, String what)
            throws DamagedFile {
        if (at >= arguments.size() || !type.isInstance(arguments.get(at))) {
            throw misused(what);
        }
        return type.cast(arguments.get(at));
    }

    private static DamagedFile misused(String what) {
        return new DamagedFile("its pickle has " + what + " with arguments that make no tensor");
    }

    /**
     * Whether a class just mentioned is made into an object: (BINPUT or LONG_BINPUT or MEMOIZE)?,
     * EMPTY_TUPLE, NEWOBJ, which is how {@code torch.save(model)} begins.
     */
    static boolean isNewObject(ByteBuffer next) {
        int at =
                switch (next.hasRemaining() ? next.get(0) : 0) {
                    case 'q' -> 2;
                    case 'r' -> 5;
                    case (byte) 0x94 -> 1;
                    default -> 0;
                };
        return next.remaining() >= at + 2 && next.get(at) == ')' && next.get(at + 1) == (byte) 0x81;
    }
}
