package org.cnnzoo.build.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_bf16;
import static org.bytedeco.dnnl.global.dnnl.dnnl_f32;
import static org.bytedeco.dnnl.global.dnnl.dnnl_nChw16c;
import static org.bytedeco.dnnl.global.dnnl.dnnl_nChw8c;
import static org.bytedeco.dnnl.global.dnnl.dnnl_nhwc;

import org.cnnzoo.build.Precision;
import org.cnnzoo.network.Network;
import org.cnnzoo.network.Node;
import org.cnnzoo.network.Shape;

/**
 * The form that a program's arrays have on their way from layer to layer.
 *
 * @param layout of maps, a format tag for [N, C, H, W]
 * @param type of numbers
 */
record Form(int layout, int type) {
    /** The widest block of channels of a layout. */
    static final int WIDEST_BLOCK = 16;

    /** How much of blocks may be filled with nothing before channels together are faster. */
    private static final double MOST_WASTE = 0.05;

    /** The fastest on this processor; bfloat16 is fast where channels stand together. */
    static Form of(Precision precision, Network network, boolean training) {
        return switch (precision) {
            case FP32 -> new Form(layout(network, training), dnnl_f32);
            case BF16 -> new Form(dnnl_nhwc, dnnl_bf16);
        };
    }

    /**
     * In a training step blocks of channels are faster, for the gradient of a convolution's weights
     * above all: with AVX2 a quarter, with AVX-512 5 % of the step. With AVX2 inference is faster
     * with channels together.
     */
    private static int layout(Network network, boolean training) {
        if (Cpu.hasAvx512()) {
            return waste(network) <= MOST_WASTE ? dnnl_nChw16c : dnnl_nhwc;
        }
        return training ? dnnl_nChw8c : dnnl_nhwc;
    }

    /** What filling the channels of all maps up to whole blocks would add, as a share. */
    private static double waste(Network network) {
        long needed = 0;
        long taken = 0;
        for (Node node : network.nodes()) {
            Shape shape = node.output();
            if (!shape.flat()) {
                long pixels = (long) shape.height() * shape.width();
                needed += shape.channels() * pixels;
                taken +=
                        (shape.channels() + WIDEST_BLOCK - 1L)
                                / WIDEST_BLOCK
                                * WIDEST_BLOCK
                                * pixels;
            }
        }
        return needed == 0 ? 0 : (double) taken / needed - 1;
    }

    /** Whether channels stand in blocks, of which an image's few would fill one by a quarter. */
    boolean blocked() {
        return layout != dnnl_nhwc;
    }

    /** Channels in a block; 1: no blocks. */
    int block() {
        return layout == dnnl_nChw16c ? WIDEST_BLOCK : layout == dnnl_nChw8c ? WIDEST_BLOCK / 2 : 1;
    }

    /** Whether numbers are those of Java and of the parameters. */
    boolean single() {
        return type == dnnl_f32;
    }
}
