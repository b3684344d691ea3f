package org.cnnzoo.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.cnnzoo.build.Parameter;
import org.cnnzoo.run.FlatVector;
import org.nd4j.linalg.factory.Nd4j;

/** What scripts/fixtures/train.py got from PyTorch, and the same beginnings in Java. */
final class Fixtures {
    /** As in the script: weight, bias, norm, and weight again. */
    static final List<Parameter> PARAMETERS =
            List.of(
                    new Parameter("0.weight", Parameter.Role.WEIGHT, 0, 12),
                    new Parameter("0.bias", Parameter.Role.BIAS, 12, 3),
                    new Parameter("1.norm", Parameter.Role.NORM, 15, 4),
                    new Parameter("2.weight", Parameter.Role.WEIGHT, 19, 7));

    static final int LENGTH = 26;

    private Fixtures() {}

    static JsonNode read(String name) {
        String path = "/train/" + name + ".json";
        try (InputStream in = Fixtures.class.getResourceAsStream(path)) {
            return new ObjectMapper().readTree(Objects.requireNonNull(in, path));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static double[] numbers(JsonNode array) {
        double[] numbers = new double[array.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = array.get(i).asDouble();
        }
        return numbers;
    }

    /** Parameter i starts at cos(i). */
    static FlatVector start() {
        float[] values = new float[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            values[i] = (float) Math.cos(i);
        }
        return FlatVector.of(Nd4j.createFromArray(values));
    }

    /** The gradients of step t, from 1: 0.3 p + sin(0.7 i + 0.9 t). */
    static FlatVector gradients(FlatVector values, int t) {
        float[] p = elements(values);
        float[] g = new float[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            g[i] = 0.3f * p[i] + (float) Math.sin(0.7 * i + 0.9 * t);
        }
        return FlatVector.of(Nd4j.createFromArray(g));
    }

    static float[] elements(FlatVector vector) {
        return FlatVector.copy(vector.array());
    }
}
