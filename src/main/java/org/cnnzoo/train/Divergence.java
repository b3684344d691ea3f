package org.cnnzoo.train;

import java.util.List;
import java.util.Optional;
import org.cnnzoo.build.Parameter;
import org.cnnzoo.data.Batch;
import org.cnnzoo.run.FlatVector;

/** When a loss has left all bounds, and where in a network that began. */
final class Divergence {
    /** Far beyond any loss that a training comes back from: by chance, e^16 classes have 16. */
    private static final double BOUND = 1e6;

    /** Beyond it a number is as good as infinite: the square of a product of two is. */
    private static final float LARGEST = 1e12f;

    private Divergence() {}

    /** Whether a loss is NaN, infinite, or so large that it soon will be. */
    static boolean has(double loss) {
        return !(Math.abs(loss) <= BOUND);
    }

    /**
     * The first of some parameters with a number that isn't finite, or hardly.
     *
     * @param what the vector holds, for the message
     */
    static Optional<String> in(String what, List<Parameter> parameters, FlatVector vector) {
        return parameters.stream()
                .filter(parameter -> worst(parameter, vector) > LARGEST)
                .findFirst()
                .map(
                        parameter ->
                                "%s first in the %s of %s"
                                        .formatted(
                                                Float.isFinite(worst(parameter, vector))
                                                        ? "beyond 1e12"
                                                        : "not finite",
                                                what,
                                                parameter.name()));
    }

    /** The largest absolute value, infinity in place of NaN. */
    private static float worst(Parameter parameter, FlatVector vector) {
        float worst = 0;
        float[] numbers = new float[Slice.CAPACITY];
        for (long done = 0; done < parameter.length(); done += numbers.length) {
            int count = (int) Math.min(numbers.length, parameter.length() - done);
            vector.read(parameter.offset() + done, numbers, count);
            for (int i = 0; i < count; i++) {
                float size = Math.abs(numbers[i]);
                worst = Float.isNaN(size) ? Float.POSITIVE_INFINITY : Math.max(worst, size);
            }
        }
        return worst;
    }

    /** The names of the batch it happened in, in a line for the log. */
    static String names(Batch batch) {
        return "batch %d: %s".formatted(batch.index() + 1, String.join(", ", batch.names()));
    }

    /** The batch it happened in, as a line for a message. */
    static String batch(Batch batch) {
        int shown = Math.min(3, batch.names().size());
        int more = batch.names().size() - shown;
        return "batch %d: %s%s"
                .formatted(
                        batch.index() + 1,
                        String.join(", ", batch.names().subList(0, shown)),
                        more > 0 ? " and %d more".formatted(more) : "");
    }
}
