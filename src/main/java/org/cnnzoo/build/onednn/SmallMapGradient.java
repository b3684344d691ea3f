package org.cnnzoo.build.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_BIAS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.dnnl_ab;
import static org.bytedeco.dnnl.global.dnnl.dnnl_cdab;
import static org.bytedeco.dnnl.global.dnnl.dnnl_data_type_size;
import static org.bytedeco.dnnl.global.dnnl.dnnl_f32;
import static org.bytedeco.dnnl.global.dnnl.dnnl_forward_training;
import static org.bytedeco.dnnl.global.dnnl.dnnl_inner_product_backward_weights_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_inner_product_forward_primitive_desc_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_desc_destroy;

import java.util.List;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.cnnzoo.build.onednn.Value.Dims;
import org.cnnzoo.network.Conv2d;
import org.cnnzoo.network.Shape;
import org.jspecify.annotations.Nullable;

/**
 * The weight gradient, in single precision, of a 3x3 convolution on maps of a few pixels, as nine
 * matrix products, one for each element of the window: of the input's pixels that it meets with the
 * output's gradient there. oneDNN's kernel multiplies the padding too, which is most of what it
 * does where maps are this small.
 *
 * <p>With a pixel's images side by side ([H, W, N, C]) the rows that an element meets stand
 * together, so that only its columns are copied: all of them, all but the first or all but the
 * last.
 */
final class SmallMapGradient {
    /**
     * On AVX-512 a quarter faster at four pixels, more at two; at eight slower, in bfloat16 as
     * fast.
     */
    private static final int LARGEST_SIDE = 4;

    /** Of input times output; with 128 of each the copies outweigh what is saved. */
    private static final int LEAST_CHANNEL_PAIRS = 256 * 256;

    private static final int SIDE = 3;
    private static final int MIDDLE = 1;

    private final Emitter emitter;
    private final Dims weightDims;
    private final int type;
    private final long bytes;

    /**
     * @param weightDims [out, in, 3, 3]
     */
    SmallMapGradient(Emitter emitter, Dims weightDims) {
        this.emitter = emitter;
        this.weightDims = weightDims;
        this.type = emitter.form().type();
        this.bytes = dnnl_data_type_size(type);
    }

    /** Whether this is the faster way for such a convolution. */
    static boolean suits(Emitter emitter, Conv2d conv, Geometry geometry, Shape in) {
        return Cpu.hasAvx512()
                && conv.groups() == 1
                && (long) conv.out() * in.channels() >= LEAST_CHANNEL_PAIRS
                && isSmall(in.height())
                && isSmall(in.width())
                && geometry.isSame(SIDE);
    }

    private static boolean isSmall(int side) {
        return side > 1 && side <= LARGEST_SIDE;
    }

    /**
     * Emits it.
     *
     * @param x the input [N, in, H, W]
     * @param dy the output's gradient [N, out, H, W]
     * @param target the weights' gradient
     * @param bias the bias's, which the middle of the window brings along, as it meets all pixels
     */
    void emit(Value x, Value dy, Value target, @Nullable Value bias) {
        Columns inputs = new Columns(x);
        Columns outputs = new Columns(dy);
        emitter.into(
                target,
                Value.desc(weightDims, dnnl_f32, dnnl_cdab),
                gradient -> {
                    for (int row = 0; row < SIDE; row++) {
                        for (int column = 0; column < SIDE; column++) {
                            boolean middle = row == MIDDLE && column == MIDDLE;
                            product(
                                    inputs.at(row, column),
                                    outputs.at(SIDE - 1 - row, SIDE - 1 - column),
                                    element(gradient, row, column),
                                    middle ? bias : null);
                        }
                    }
                });
    }

    /** The matrix [out, in] of an element of the window. */
    private Value element(Value gradient, int row, int column) {
        Dims matrix = Dims.of(weightDims.get(0), weightDims.get(1));
        long first = (row * SIDE + column) * matrix.count() * Float.BYTES;
        return gradient.slice(first, matrix, Emitter.plain(matrix));
    }

    /** Pixels' channels times channels' gradients: what a dense layer's weight gradient is. */
    private void product(Value pixels, Value gradients, Value to, @Nullable Value bias) {
        dnnl_memory_desc biasDesc = bias == null ? null : bias.desc();
        dnnl_primitive_desc forward = new dnnl_primitive_desc();
        OneDnn.check(
                dnnl_inner_product_forward_primitive_desc_create(
                        forward,
                        OneDnn.ENGINE,
                        dnnl_forward_training,
                        pixels.desc(),
                        Value.desc(to.dims(), type, dnnl_ab),
                        biasDesc,
                        gradients.desc(),
                        Emitter.attributes(List.of())),
                "a product for " + emitter.node());
        dnnl_primitive_desc desc = new dnnl_primitive_desc();
        OneDnn.check(
                dnnl_inner_product_backward_weights_primitive_desc_create(
                        desc,
                        OneDnn.ENGINE,
                        pixels.desc(),
                        to.desc(),
                        biasDesc,
                        gradients.desc(),
                        forward,
                        Emitter.attributes(List.of())),
                "a product for " + emitter.node());
        dnnl_primitive_desc_destroy(forward);
        PrimitiveCall call =
                emitter.primitive(desc)
                        .with(DNNL_ARG_SRC, pixels)
                        .with(DNNL_ARG_DIFF_DST, gradients)
                        .with(DNNL_ARG_DIFF_WEIGHTS, to);
        if (bias != null) {
            call.with(DNNL_ARG_DIFF_BIAS, bias);
        }
    }

    /** Copies of a map's columns: without the last, all, without the first. */
    private final class Columns {
        private final List<Value> copies;

        Columns(Value maps) {
            long width = maps.dims().get(3);
            copies =
                    List.of(
                            columns(maps, 0, width - 1),
                            columns(maps, 0, width),
                            columns(maps, 1, width - 1));
        }

        private Value columns(Value maps, long from, long count) {
            Dims all = maps.dims();
            Dims part = Dims.of(all.get(0), all.get(1), all.get(2), count);
            Value copy = Value.planned(part, Value.desc(part, type, dnnl_cdab));
            emitter.copy(maps.window(part, 0, 0, 0, from), copy);
            return copy;
        }

        /**
         * The pixels that an element of the window meets, as a matrix [pixels, channels].
         *
         * @param row 0: without the last row, 1: all, 2: without the first; so the columns
         */
        Value at(int row, int column) {
            Value copy = copies.get(column);
            Dims dims = copy.dims();
            long pixelsOfRow = dims.get(0) * dims.get(3);
            long rows = row == MIDDLE ? dims.get(2) : dims.get(2) - 1;
            Dims matrix = Dims.of(rows * pixelsOfRow, dims.get(1));
            long first = row == SIDE - 1 ? pixelsOfRow * dims.get(1) * bytes : 0;
            return copy.slice(first, matrix, Value.desc(matrix, type, dnnl_ab));
        }
    }
}
