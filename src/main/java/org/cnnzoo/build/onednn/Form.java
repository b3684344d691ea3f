package org.cnnzoo.build.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_bf16;
import static org.bytedeco.dnnl.global.dnnl.dnnl_f32;
import static org.bytedeco.dnnl.global.dnnl.dnnl_nhwc;

import org.cnnzoo.build.Precision;

/**
 * The form that a program's arrays have on their way from layer to layer.
 *
 * @param layout of maps, a format tag for [N, C, H, W]
 * @param type of numbers
 */
record Form(int layout, int type) {

    /** The fastest on this processor; bfloat16 is fast where channels stand together. */
    static Form of(Precision precision, boolean training) {
        return switch (precision) {
            case FP32 ->
                    new Form(training ? Cpu.trainingLayout() : Cpu.inferenceLayout(), dnnl_f32);
            case BF16 -> new Form(dnnl_nhwc, dnnl_bf16);
        };
    }

    /** Whether numbers are those of Java and of the parameters. */
    boolean single() {
        return type == dnnl_f32;
    }
}
