package org.cnnzoo.build.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_cpu;
import static org.bytedeco.dnnl.global.dnnl.dnnl_engine_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_stream_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_stream_default_flags;
import static org.bytedeco.dnnl.global.dnnl.dnnl_success;

import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.dnnl_stream;

/** The library's engine and stream of this process. */
final class OneDnn {
    static final dnnl_engine ENGINE = new dnnl_engine();
    static final dnnl_stream STREAM = new dnnl_stream();

    static {
        check(dnnl_engine_create(ENGINE, dnnl_cpu, 0), "engine");
        check(dnnl_stream_create(STREAM, ENGINE, dnnl_stream_default_flags), "stream");
    }

    private OneDnn() {}

    /**
     * Throws what a status other than success means.
     *
     * @throws IllegalStateException naming {@code what} was asked for
     */
    static void check(int status, String what) {
        if (status != dnnl_success) {
            throw new IllegalStateException("oneDNN refuses " + what + ": status " + status);
        }
    }
}
