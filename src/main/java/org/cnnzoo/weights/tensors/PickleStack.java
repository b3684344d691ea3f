package org.cnnzoo.weights.tensors;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The stack and the memo on which a pickle builds its values. */
final class PickleStack {
    /** Stands in the stack where a list of arguments begins; it is no value. */
    private static final Object MARK = new Object();

    private final List<Object> stack = new ArrayList<>();
    private final Map<Long, Object> memo = new HashMap<>();

    void push(Object value) {
        stack.add(value);
    }

    void mark() {
        stack.add(MARK);
    }

    boolean isEmpty() {
        return stack.isEmpty();
    }

    Object pop() throws DamagedFile {
        Object top = peek();
        stack.remove(stack.size() - 1);
        return top;
    }

    /** The top of the stack as a {@code type}, taken off. */
    <T> T pop(Class<T> type, String what) throws DamagedFile {
        return as(type, pop(), what);
    }

    Object peek() throws DamagedFile {
        if (stack.isEmpty() || stack.get(stack.size() - 1) == MARK) {
            throw new DamagedFile("its pickle takes a value where none is");
        }
        return stack.get(stack.size() - 1);
    }

    /** The top of the stack as a {@code type}, left there. */
    <T> T peek(Class<T> type, String what) throws DamagedFile {
        return as(type, peek(), what);
    }

    /** Everything above the last mark, lowest first; the mark goes too. */
    List<Object> popToMark() throws DamagedFile {
        int mark = stack.lastIndexOf(MARK);
        if (mark < 0) {
            throw new DamagedFile("its pickle has no mark where it needs one");
        }
        return take(mark + 1, mark);
    }

    /** The topmost {@code count} values, lowest first. */
    List<Object> pop(int count) throws DamagedFile {
        int from = stack.size() - count;
        if (from < 0 || stack.subList(from, stack.size()).contains(MARK)) {
            throw new DamagedFile("its pickle takes a value where none is");
        }
        return take(from, from);
    }

    private List<Object> take(int from, int cut) {
        List<Object> taken = new ArrayList<>(stack.subList(from, stack.size()));
        stack.subList(cut, stack.size()).clear();
        return taken;
    }

    void remember(long place) throws DamagedFile {
        memo.put(place, peek());
    }

    void rememberNext() throws DamagedFile {
        remember(memo.size());
    }

    void recall(long place) throws DamagedFile {
        Object value = memo.get(place);
        if (value == null) {
            throw new DamagedFile("its pickle recalls a value it never had");
        }
        push(value);
    }

    private static <T> T as(Class<T> type, Object value, String what) throws DamagedFile {
        if (!type.isInstance(value)) {
            throw new DamagedFile("its pickle has something else where " + what + " should be");
        }
        return type.cast(value);
    }
}
