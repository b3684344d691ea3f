package org.cnnzoo.report;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.cnnzoo.build.Model;
import org.cnnzoo.build.Parameter;
import org.cnnzoo.network.Conv2d;
import org.cnnzoo.network.Node;
import org.cnnzoo.network.Weight;
import org.cnnzoo.run.FlatVector;

/**
 * The filters of the first convolution, in the order of its output channels: each scaled by its own
 * greatest weight, with 0 in the middle grey; in colour where the network sees colour.
 *
 * @param layer the convolution's name
 * @param shape {@code [out, in, height, width]}
 * @param drawn how many filters are in the picture
 * @param png one pixel for each weight, enlarged
 */
@SuppressWarnings("ArrayRecordComponent")
public record FilterPicture(String layer, List<Long> shape, int drawn, byte[] png) {
    private static final int MOST = 256;
    private static final int TILE = 32;
    private static final int GAP = 4;
    private static final int MOST_COLUMNS = 16;

    /** The picture, or nothing where the first layer is no convolution of grey or colour images. */
    static Optional<FilterPicture> of(Model model) {
        return model.network().nodes().stream()
                .filter(node -> node.operation() instanceof Conv2d)
                .findFirst()
                .flatMap(node -> of(model, node));
    }

    private static Optional<FilterPicture> of(Model model, Node node) {
        Weight weight = node.weights().get(0);
        long in = weight.shape().get(1);
        if (weight.shape().get(2) * weight.shape().get(3) < 4 || (in != 1 && in != 3)) {
            return Optional.empty();
        }
        Parameter parameter = model.parameter(node.name() + "." + weight.name());
        float[] values = FlatVector.copy(parameter.in(model.values()));
        int count = (int) Math.min(MOST, weight.shape().get(0));
        return Optional.of(
                new FilterPicture(node.name(), weight.shape(), count, draw(values, weight, count)));
    }

    private static byte[] draw(float[] values, Weight weight, int count) {
        int in = weight.shape().get(1).intValue();
        int height = weight.shape().get(2).intValue();
        int width = weight.shape().get(3).intValue();
        int zoom = Math.max(1, TILE / Math.max(height, width));
        int columns = Math.min(MOST_COLUMNS, count);
        int rows = (count + columns - 1) / columns;
        BufferedImage picture =
                new BufferedImage(
                        GAP + columns * (width * zoom + GAP),
                        GAP + rows * (height * zoom + GAP),
                        BufferedImage.TYPE_INT_ARGB);
        int length = in * height * width;
        for (int f = 0; f < count; f++) {
            float[] filter = Arrays.copyOfRange(values, f * length, (f + 1) * length);
            int left = GAP + f % columns * (width * zoom + GAP);
            int top = GAP + f / columns * (height * zoom + GAP);
            for (int y = 0; y < height * zoom; y++) {
                for (int x = 0; x < width * zoom; x++) {
                    int at = y / zoom * width + x / zoom;
                    picture.setRGB(left + x, top + y, colour(filter, at, in, height * width));
                }
            }
        }
        return Png.of(picture);
    }

    private static int colour(float[] filter, int at, int in, int plane) {
        float greatest = 1e-12f;
        for (float value : filter) {
            greatest = Math.max(greatest, Math.abs(value));
        }
        int rgb = 0xFF;
        for (int c = 0; c < 3; c++) {
            float value = filter[(in == 1 ? 0 : c) * plane + at] / greatest;
            rgb = rgb << 8 | Math.max(0, Math.min(255, Math.round(127.5f + 127.5f * value)));
        }
        return rgb;
    }
}
