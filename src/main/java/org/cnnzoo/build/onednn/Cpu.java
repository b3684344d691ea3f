package org.cnnzoo.build.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_cpu_isa_avx2;
import static org.bytedeco.dnnl.global.dnnl.dnnl_cpu_isa_avx512_core;
import static org.bytedeco.dnnl.global.dnnl.dnnl_cpu_isa_avx512_core_bf16;
import static org.bytedeco.dnnl.global.dnnl.dnnl_get_effective_cpu_isa;

/** What this processor has. */
final class Cpu {
    /** How many a vector register of AVX-512 holds. */
    static final int FLOATS_OF_AVX512 = 16;

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
}
