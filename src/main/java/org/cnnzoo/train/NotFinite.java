package org.cnnzoo.train;

import java.util.List;
import java.util.Optional;
import org.cnnzoo.build.Parameter;
import org.cnnzoo.data.Batch;
import org.cnnzoo.run.FlatVector;

/** Finding where NaN or infinity is in a network. */
final class NotFinite {
    private NotFinite() {}

    /**
     * The first parameter with a number that isn't finite.
     *
     * @param what the vector holds, for the message
     */
    static Optional<String> in(String what, List<Parameter> parameters, FlatVector vector) {
        return parameters.stream()
                .filter(parameter -> holds(parameter, vector))
                .findFirst()
                .map(parameter -> "not finite first in the " + what + " of " + parameter.name());
    }

    private static boolean holds(Parameter parameter, FlatVector vector) {
        float[] numbers = new float[Slice.CAPACITY];
        for (long done = 0; done < parameter.length(); done += numbers.length) {
            int size = (int) Math.min(numbers.length, parameter.length() - done);
            vector.read(parameter.offset() + done, numbers, size);
            for (int i = 0; i < size; i++) {
                if (!Float.isFinite(numbers[i])) {
                    return true;
                }
            }
        }
        return false;
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
