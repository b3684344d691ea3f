package org.cnnzoo.build.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_f32;
import static org.bytedeco.dnnl.global.dnnl.dnnl_nhwc;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.cnnzoo.build.onednn.Value.Dims;
import org.cnnzoo.network.Conv2d;
import org.cnnzoo.network.Node;
import org.jspecify.annotations.Nullable;

/**
 * The weight gradient of a depthwise convolution, in single precision, for windows that oneDNN's
 * own kernel for one channel a group doesn't take (it takes 3x3): what it has for them copies each
 * window into a matrix, channel by channel.
 *
 * <p>Here channels stand together ([N, H, W, C]), so that an element of the window is a sum of
 * products over channels side by side, which the JVM compiles to vector instructions. Images are
 * cut into the same pieces whatever the number of threads, and so the sum has the same bits.
 */
final class DepthwiseGradient {
    private static final int MOST_PIECES = 8;

    /** Products; below that many, waking other threads costs more than it saves. */
    private static final long WORTH_SHARING = 1 << 20;

    private final Emitter emitter;
    private final Geometry geometry;
    private final Dims weightDims;
    private final Geometry.Line rows;
    private final Geometry.Line columns;

    /**
     * @param weightDims [channels, 1, 1, height, width]
     */
    DepthwiseGradient(Emitter emitter, Geometry geometry, Dims weightDims) {
        this.emitter = emitter;
        this.geometry = geometry;
        this.rows = geometry.rows();
        this.columns = geometry.columns();
        this.weightDims = weightDims;
    }

    /**
     * Whether this is the faster way for such a convolution.
     *
     * @param implementation oneDNN's, for its weight gradient
     */
    static boolean suits(Conv2d conv, Node node, String implementation) {
        int in = node.inputShapes().get(0).channels();
        return conv.groups() == in && conv.out() == in && !implementation.startsWith("jit_dw");
    }

    /**
     * Emits it.
     *
     * @param x the input [N, C, H, W]
     * @param dy the output's gradient
     * @param target the weights' gradient
     * @param bias the bias's [C]
     */
    void emit(Value x, Value dy, Value target, @Nullable Value bias) {
        Value inputs = emitter.reorder(x, Value.desc(x.dims(), dnnl_f32, dnnl_nhwc));
        Value outputs = emitter.reorder(dy, Value.desc(dy.dims(), dnnl_f32, dnnl_nhwc));
        int pieces = (int) Math.min(MOST_PIECES, x.dims().get(0));
        List<Piece> sums =
                IntStream.range(0, pieces)
                        .mapToObj(i -> new Piece(inputs, outputs, i, pieces, bias != null))
                        .toList();
        boolean shared = dy.dims().count() * geometry.kernel().count() >= WORTH_SHARING;
        emitter.into(
                target,
                Emitter.plain(weightDims),
                gradient -> {
                    List<Value> values = new ArrayList<>(List.of(inputs, outputs, gradient));
                    if (bias != null) {
                        values.add(bias);
                    }
                    emitter.java(
                            values,
                            () -> {
                                IntStream all = IntStream.range(0, pieces);
                                (shared ? all.parallel() : all).forEach(i -> sums.get(i).run());
                                write(sums, gradient.floats());
                                if (bias != null) {
                                    writeBias(sums, bias.floats());
                                }
                            });
                });
    }

    /** Adds up the sums [window, channels] and writes them as [channels, window]. */
    private void write(List<Piece> pieces, FloatBuffer gradient) {
        int channels = Math.toIntExact(weightDims.get(0));
        int window = Math.toIntExact(geometry.kernel().count());
        float[] result = new float[channels * window];
        for (Piece piece : pieces) {
            for (int element = 0; element < window; element++) {
                float[] sum = piece.sums[element];
                for (int channel = 0; channel < channels; channel++) {
                    result[channel * window + element] += sum[channel];
                }
            }
        }
        gradient.put(0, result);
    }

    private void writeBias(List<Piece> pieces, FloatBuffer gradient) {
        float[] result = new float[Math.toIntExact(weightDims.get(0))];
        pieces.forEach(piece -> add(result, piece.ofBias));
        gradient.put(0, result);
    }

    private static void add(float[] sums, float[] values) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += values[i];
        }
    }

    /** Some of the images, one after another, and the sums over them. */
    private final class Piece {
        private final int from;
        private final int to;
        private final Maps x;
        private final Maps dy;
        private final float[][] sums;
        private final float[] ofBias;

        /**
         * @param biased whether the bias's sums are wanted too
         */
        Piece(Value inputs, Value outputs, int index, int pieces, boolean biased) {
            int images = Math.toIntExact(inputs.dims().get(0));
            this.from = images * index / pieces;
            this.to = images * (index + 1) / pieces;
            this.x = new Maps(inputs);
            this.dy = new Maps(outputs);
            this.sums =
                    new float[Math.toIntExact(geometry.kernel().count())]
                            [Math.toIntExact(weightDims.get(0))];
            this.ofBias = new float[biased ? sums[0].length : 0];
        }

        void run() {
            for (float[] sum : sums) {
                Arrays.fill(sum, 0);
            }
            Arrays.fill(ofBias, 0);
            FloatBuffer inputs = x.value.floats();
            FloatBuffer gradients = dy.value.floats();
            for (int image = from; image < to; image++) {
                x.read(inputs, image);
                dy.read(gradients, image);
                addImage();
            }
        }

        private void addImage() {
            if (ofBias.length > 0) {
                for (float[] gradient : dy.pixels) {
                    add(ofBias, gradient);
                }
            }
            for (int row = 0; row < dy.height; row++) {
                for (int element = 0; element < geometry.kernel().height(); element++) {
                    int met = rows.input(row, element);
                    if (met >= 0 && met < x.height) {
                        addRow(row, element, met);
                    }
                }
            }
        }

        private void addRow(int outRow, int windowRow, int inRow) {
            int windowWidth = Math.toIntExact(geometry.kernel().width());
            for (int column = 0; column < dy.width; column++) {
                float[] gradient = dy.at(outRow, column);
                for (int element = 0; element < windowWidth; element++) {
                    int met = columns.input(column, element);
                    if (met >= 0 && met < x.width) {
                        addProducts(
                                sums[windowRow * windowWidth + element],
                                x.at(inRow, met),
                                gradient);
                    }
                }
            }
        }
    }

    /** One image's maps, each pixel's channels an array. */
    private static final class Maps {
        private final Value value;
        private final int height;
        private final int width;
        private final float[][] pixels;

        Maps(Value value) {
            this.value = value;
            this.height = Math.toIntExact(value.dims().get(2));
            this.width = Math.toIntExact(value.dims().get(3));
            this.pixels = new float[height * width][Math.toIntExact(value.dims().get(1))];
        }

        /** Reads an image of all. */
        void read(FloatBuffer all, int image) {
            int next = image * pixels.length * pixels[0].length;
            for (float[] pixel : pixels) {
                all.get(next, pixel);
                next += pixel.length;
            }
        }

        float[] at(int row, int column) {
            return pixels[row * width + column];
        }
    }

    /** The loop that takes the time; the same index into each array lets the JVM vectorise it. */
    private static void addProducts(float[] sums, float[] x, float[] dy) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += x[i] * dy[i];
        }
    }
}
