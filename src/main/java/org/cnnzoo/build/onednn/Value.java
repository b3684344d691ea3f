package org.cnnzoo.build.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_format_tag_any;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_desc_create_submemory;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_desc_create_with_tag;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_desc_equal;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_desc_get_size;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * An array: its sizes, its layout, its memory.
 *
 * @param dims sizes, [N, C, H, W] in this order whatever the layout
 * @param desc oneDNN's description, which has the layout
 * @param storage where it is
 * @param first the byte of the storage that it begins with
 */
record Value(Dims dims, dnnl_memory_desc desc, Storage storage, long first) {

    /** Sizes that compare by value. */
    record Dims(java.util.List<Long> sizes) {
        static Dims of(long... sizes) {
            return new Dims(Arrays.stream(sizes).boxed().toList());
        }

        long[] array() {
            return sizes.stream().mapToLong(Long::longValue).toArray();
        }

        long count() {
            return sizes.stream().reduce(1L, Math::multiplyExact);
        }

        long get(int i) {
            return sizes.get(i);
        }

        int rank() {
            return sizes.size();
        }
    }

    private record Layout(Dims dims, int type, int tag) {
        dnnl_memory_desc desc() {
            dnnl_memory_desc desc = new dnnl_memory_desc();
            OneDnn.check(
                    dnnl_memory_desc_create_with_tag(desc, dims.rank(), dims.array(), type, tag),
                    "a layout for " + dims.sizes());
            return desc;
        }
    }

    /** Made once each, for they never change and oneDNN doesn't free them. */
    private static final Map<Layout, dnnl_memory_desc> LAYOUTS = new ConcurrentHashMap<>();

    /** A description with a layout. */
    static dnnl_memory_desc desc(Dims dims, int type, int tag) {
        return LAYOUTS.computeIfAbsent(new Layout(dims, type, tag), Layout::desc);
    }

    /** A description that lets the primitive choose the layout. */
    static dnnl_memory_desc any(Dims dims, int type) {
        return desc(dims, type, dnnl_format_tag_any);
    }

    /** An array that the program finds a place for. */
    static Value planned(Dims dims, dnnl_memory_desc desc) {
        return at(Storage.planned(dnnl_memory_desc_get_size(desc)), dims, desc);
    }

    /** An array that is all of a storage. */
    static Value at(Storage storage, Dims dims, dnnl_memory_desc desc) {
        return new Value(dims, desc, storage, 0);
    }

    /** Whether that is its layout and type. */
    boolean has(dnnl_memory_desc other) {
        return dnnl_memory_desc_equal(desc, other) != 0;
    }

    /** The same memory seen otherwise. */
    Value as(Dims other, dnnl_memory_desc view) {
        return new Value(other, view, storage, first);
    }

    /** As much of its memory as that layout takes, from a byte on. */
    Value slice(long from, Dims other, dnnl_memory_desc view) {
        return new Value(other, view, storage, first + from);
    }

    /** The part of those sizes that begins at the offsets, one for each of its sizes, in place. */
    Value window(Dims part, long... offsets) {
        dnnl_memory_desc window = new dnnl_memory_desc();
        OneDnn.check(
                dnnl_memory_desc_create_submemory(window, desc, part.array(), offsets),
                "a window of " + part.sizes() + " into " + dims.sizes());
        return as(part, window);
    }

    /** Where it begins; only once it has its place. */
    Pointer pointer() {
        Pointer whole = storage.pointer();
        return first == 0 ? whole : new BytePointer(whole).getPointer(first);
    }

    /** Its numbers, in single precision, as a buffer; only once it has its place. */
    FloatBuffer floats() {
        FloatPointer floats = new FloatPointer(pointer());
        return floats.position(0).capacity((storage.bytes() - first) / Float.BYTES).asBuffer();
    }
}
