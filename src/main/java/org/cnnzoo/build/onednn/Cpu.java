package org.cnnzoo.build.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_cpu_isa_avx2;
import static org.bytedeco.dnnl.global.dnnl.dnnl_cpu_isa_avx512_core;
import static org.bytedeco.dnnl.global.dnnl.dnnl_cpu_isa_avx512_core_bf16;
import static org.bytedeco.dnnl.global.dnnl.dnnl_get_effective_cpu_isa;
import static org.bytedeco.dnnl.global.dnnl.dnnl_nChw8c;
import static org.bytedeco.dnnl.global.dnnl.dnnl_nhwc;

/** What this processor has, and what follows from it for the choice of layouts and primitives. */
final class Cpu {
    private Cpu() {}

    static boolean hasAvx2() {
        return has(dnnl_cpu_isa_avx2);
    }

    static boolean hasAvx512() {
        return has(dnnl_cpu_isa_avx512_core);
    }

    /** Whether it multiplies bfloat16; oneDNN would make do with less, and be slow. */
    static boolean hasBf16() {
        return has(dnnl_cpu_isa_avx512_core_bf16);
    }

    private static boolean has(int isa) {
        return (dnnl_get_effective_cpu_isa() & isa) == isa;
    }

    /**
     * The layout of maps in a training step: with AVX2 alone the gradient of a convolution's
     * weights takes a quarter less where channels stand in blocks of eight.
     */
    static int trainingLayout() {
        return hasAvx512() ? dnnl_nhwc : dnnl_nChw8c;
    }

    /** The layout of maps in inference. */
    static int inferenceLayout() {
        return dnnl_nhwc;
    }
}
