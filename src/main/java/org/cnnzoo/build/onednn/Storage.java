package org.cnnzoo.build.onednn;

import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * Memory for an array: a place in the program's arena, known once the program is planned, or memory
 * that is there already.
 */
final class Storage {
    private final long bytes;
    private @Nullable Pointer pointer;
    private int first = Integer.MAX_VALUE;
    private int last = -1;

    private Storage(long bytes, @Nullable Pointer pointer) {
        this.bytes = bytes;
        this.pointer = pointer;
    }

    /** Memory that the program finds a place for. */
    static Storage planned(long bytes) {
        return new Storage(bytes, null);
    }

    /** Memory of parameters or gradients. */
    static Storage fixed(Pointer pointer, long bytes) {
        return new Storage(bytes, pointer);
    }

    long bytes() {
        return bytes;
    }

    /** Whether it has a place. */
    boolean placed() {
        return pointer != null;
    }

    void place(Pointer at) {
        pointer = at;
    }

    Pointer pointer() {
        return java.util.Objects.requireNonNull(pointer);
    }

    /** Notes that the call of that number needs it. */
    void usedBy(int call) {
        first = Math.min(first, call);
        last = Math.max(last, call);
    }

    /** Keeps it over the whole program, from run to run. */
    void keep() {
        first = 0;
        last = Integer.MAX_VALUE;
    }

    int first() {
        return first;
    }

    int last() {
        return last;
    }

    boolean overlaps(Storage other) {
        return first <= other.last && other.first <= last;
    }
}
