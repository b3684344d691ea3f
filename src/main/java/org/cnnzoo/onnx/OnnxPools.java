package org.cnnzoo.onnx;

import java.util.List;
import org.cnnzoo.errors.WorkFailed;
import org.cnnzoo.network.Node;
import org.cnnzoo.network.Pool;
import org.cnnzoo.network.Shape;
import org.cnnzoo.network.Window;
import org.cnnzoo.spec.Padding;

/**
 * Pooling. A last partial window is written as padding behind, not as {@code ceil_mode}, about
 * whose means runtimes differ.
 */
final class OnnxPools {
    private OnnxPools() {}

    static String add(OnnxGraph graph, Pool pool, String x, Shape in, Shape out) {
        Window window = pool.window();
        Padding.Explicit edge = window.padding();
        Padding.Explicit reached = window.reached(in, out);
        long[] pads = {reached.top(), reached.left(), reached.bottom(), reached.right()};
        OnnxGraph.Step step =
                graph.step(pool.max() ? "MaxPool" : "AveragePool", x)
                        .with("kernel_shape", window.kernel().height(), window.kernel().width())
                        .with("strides", window.stride().height(), window.stride().width())
                        .with("pads", pads);
        if (pool.max()) {
            return step.with("dilations", window.dilation().height(), window.dilation().width())
                    .done();
        }
        if (edge.none() || !pool.includePadding()) {
            return step.done();
        }
        String mean = step.with("count_include_pad", 1).done();
        boolean beyond = !reached.equals(edge);
        return beyond ? graph.step("Mul", mean, corrections(graph, pool, in, out)).done() : mean;
    }

    /**
     * [1, 1, H, W]: padding counts, what lies behind it doesn't, but ONNX has counted it. (A Pad
     * before the mean would say it too, but ONNX Runtime 1.19 merges the two wrongly.)
     */
    private static String corrections(OnnxGraph graph, Pool pool, Shape in, Shape out) {
        Window window = pool.window();
        var edge = window.padding();
        float[] factors = new float[out.height() * out.width()];
        for (int i = 0; i < factors.length; i++) {
            int fromRow = i / out.width() * window.stride().height();
            int fromColumn = i % out.width() * window.stride().width();
            int rows =
                    Math.min(
                            window.kernel().height(),
                            in.height() + edge.top() + edge.bottom() - fromRow);
            int columns =
                    Math.min(
                            window.kernel().width(),
                            in.width() + edge.left() + edge.right() - fromColumn);
            factors[i] =
                    (float) (window.kernel().height() * window.kernel().width()) / (rows * columns);
        }
        return graph.fixed(
                "corrections", List.of(1L, 1L, (long) out.height(), (long) out.width()), factors);
    }

    /** Windows of one size; ONNX has no others. */
    static String adaptive(OnnxGraph graph, String x, Shape in, Node node) {
        Shape out = node.output();
        if (in.height() % out.height() != 0 || in.width() % out.width() != 0) {
            throw new WorkFailed(
                    "%s can't be written as ONNX: %dx%d doesn't divide into %dx%d windows of one size"
                            .formatted(
                                    node.name(),
                                    in.height(),
                                    in.width(),
                                    out.height(),
                                    out.width()));
        }
        long high = in.height() / out.height();
        long wide = in.width() / out.width();
        return graph.step("AveragePool", x)
                .with("kernel_shape", high, wide)
                .with("strides", high, wide)
                .done();
    }
}
