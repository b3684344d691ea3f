package org.cnnzoo.eval;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.cnnzoo.data.Batch;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.network.Network;
import org.cnnzoo.weights.tensors.NpyFile;
import org.cnnzoo.weights.tensors.Tensor;

/** Images [N, C, H, W] that are ready for a network, from a file of NumPy. */
public final class ImageTensor {
    private final Path file;
    private final int count;
    private final float[] values;

    private ImageTensor(Path file, int count, float[] values) {
        this.file = file;
        this.count = count;
        this.values = values;
    }

    /**
     * Reads a file for a network.
     *
     * @throws BadInput if there is no such file, or it isn't an array of floating-point numbers of
     *     shape [N, C, H, W] with the network's C, H and W; a single image [C, H, W] isn't either
     * @throws org.cnnzoo.errors.WorkFailed if it is damaged
     */
    public static ImageTensor read(Path file, Network network) {
        Tensor tensor = NpyFile.read(file);
        if (!tensor.dtype().startsWith("F")) {
            throw new BadInput(
                    "%s has values of type %s; %s takes floats, prepared as in training%nin Python: x.astype('float32')"
                            .formatted(file, tensor.dtype(), network.name()));
        }
        List<Long> shape = tensor.shape();
        List<Long> image = network.input().sizes().stream().map(Integer::longValue).toList();
        if (shape.size() != 4 || !shape.subList(1, 4).equals(image)) {
            throw new BadInput(
                    "%s has the shape %s; %s takes [N, %d, %d, %d]%s"
                            .formatted(
                                    file,
                                    shape,
                                    network.name(),
                                    image.get(0),
                                    image.get(1),
                                    image.get(2),
                                    remedy(shape, image)));
        }
        if (shape.get(0) == 0) {
            throw new BadInput("%s has the shape %s: no images".formatted(file, shape));
        }
        return new ImageTensor(file, Math.toIntExact(shape.get(0)), tensor.values());
    }

    /** The two usual slips. */
    private static String remedy(List<Long> shape, List<Long> image) {
        List<Long> channelsLast = List.of(image.get(1), image.get(2), image.get(0));
        if (shape.equals(image)) {
            return "%none image in Python: x[None]".formatted();
        }
        return shape.size() == 4 && shape.subList(1, 4).equals(channelsLast)
                ? "%nin Python: x.transpose(0, 3, 1, 2)".formatted()
                : "";
    }

    /** N, the number of images; 1 or more. */
    public int count() {
        return count;
    }

    /** Some of the images, named {@code FILE#i}. */
    Batch batch(int first, int size) {
        int length = values.length / count;
        return new Batch(
                first / size,
                Arrays.copyOfRange(values, first * length, (first + size) * length),
                new int[size],
                IntStream.range(first, first + size).mapToObj(i -> file + "#" + i).toList());
    }
}
