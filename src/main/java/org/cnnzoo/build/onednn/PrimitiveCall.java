package org.cnnzoo.build.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SCRATCHPAD;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_desc_get_size;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_desc_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_desc_query;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_desc_query_md;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_destroy;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_execute;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_exec_arg_md;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_impl_info_str;
import static org.bytedeco.dnnl.global.dnnl.dnnl_query_scratchpad_md;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_memory;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/** One oneDNN primitive with its arguments. */
final class PrimitiveCall implements Call {
    private final String node;
    private final dnnl_primitive_desc desc;
    private final Map<Integer, Value> arguments = new LinkedHashMap<>();
    private final List<dnnl_memory> memories = new ArrayList<>();
    private final dnnl_primitive primitive = new dnnl_primitive();
    private @Nullable dnnl_exec_arg_t bound;

    PrimitiveCall(String node, dnnl_primitive_desc desc) {
        this.node = node;
        this.desc = desc;
    }

    /** Gives an argument. */
    PrimitiveCall with(int argument, Value value) {
        arguments.put(argument, value);
        return this;
    }

    /** The layout that a primitive wants for an argument. */
    static dnnl_memory_desc wants(dnnl_primitive_desc desc, int argument) {
        return dnnl_primitive_desc_query_md(desc, dnnl_query_exec_arg_md, argument);
    }

    /** Gives it the memory it works in besides its arguments, if it needs any. */
    PrimitiveCall withScratchpad() {
        dnnl_memory_desc scratch = dnnl_primitive_desc_query_md(desc, dnnl_query_scratchpad_md, 0);
        if (scratch != null && dnnl_memory_desc_get_size(scratch) > 0) {
            with(
                    DNNL_ARG_SCRATCHPAD,
                    Value.planned(Value.Dims.of(dnnl_memory_desc_get_size(scratch)), scratch));
        }
        return this;
    }

    @Override
    public String node() {
        return node;
    }

    /** What oneDNN calls its implementation. */
    static String implementation(dnnl_primitive_desc desc) {
        PointerPointer<BytePointer> text = new PointerPointer<>(1);
        OneDnn.check(dnnl_primitive_desc_query(desc, dnnl_query_impl_info_str, 0, text), "a name");
        return text.get(BytePointer.class, 0).getString();
    }

    @Override
    public Collection<Storage> storages() {
        return arguments.values().stream().map(Value::storage).toList();
    }

    @Override
    public void bind() {
        OneDnn.check(dnnl_primitive_create(primitive, desc), "a primitive for " + node);
        dnnl_exec_arg_t args = new dnnl_exec_arg_t(arguments.size());
        int i = 0;
        for (Map.Entry<Integer, Value> argument : arguments.entrySet()) {
            Value value = argument.getValue();
            dnnl_memory memory = new dnnl_memory();
            OneDnn.check(
                    dnnl_memory_create(memory, value.desc(), OneDnn.ENGINE, value.pointer()),
                    "memory for " + node);
            memories.add(memory);
            args.position(i++).arg(argument.getKey()).memory(memory);
        }
        bound = args.position(0);
    }

    @Override
    public void close() {
        dnnl_primitive_destroy(primitive);
        memories.forEach(memory -> dnnl_memory_destroy(memory));
        dnnl_primitive_desc_destroy(desc);
    }

    @Override
    public void run() {
        OneDnn.check(
                dnnl_primitive_execute(primitive, OneDnn.STREAM, arguments.size(), bound), node);
    }
}
