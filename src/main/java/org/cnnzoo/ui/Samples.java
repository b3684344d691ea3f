package org.cnnzoo.ui;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cnnzoo.build.Model;
import org.cnnzoo.build.Parameter;
import org.cnnzoo.network.Node;
import org.cnnzoo.network.Weight;
import org.cnnzoo.run.FlatVector;

/**
 * Numbers from each trained array of a model: all of a small one, evenly spread ones of a large
 * one, so that a look takes no longer for large networks than their step lets pass unnoticed.
 */
final class Samples {
    /** A prime: a distance that kernels' sizes divide would show their first corner alone. */
    private static final int MOST = 1021;

    private final Model model;
    private final FlatVector values;
    private final Map<String, Parameter> arrays = new LinkedHashMap<>();

    Samples(Model model) {
        this.model = model;
        this.values = FlatVector.of(model.values());
        for (Node node : model.network().nodes()) {
            for (Weight weight : node.weights()) {
                Parameter array = model.parameter(node.name() + "." + weight.name());
                if (array.role().trainable()) {
                    arrays.put(DrawnGraph.name(node) + "_" + key(array.role(), weight), array);
                }
            }
        }
    }

    /** Deeplearning4j's names: the overview draws arrays whose name ends in a W. */
    private static String key(Parameter.Role role, Weight weight) {
        return switch (role) {
            case WEIGHT -> "W";
            case BIAS -> "b";
            case NORM -> weight.name().equals("bias") ? "beta" : "gamma";
            case RUNNING -> weight.name();
        };
    }

    /** The arrays' names on the pages, in the order of all lists here. */
    List<String> names() {
        return List.copyOf(arrays.keySet());
    }

    /** Of the parameters as they are now. */
    List<float[]> parameters() {
        return of(values);
    }

    /** Of the gradients of the last step. */
    List<float[]> gradients() {
        return of(FlatVector.of(model.gradients()));
    }

    private List<float[]> of(FlatVector vector) {
        List<float[]> all = new ArrayList<>(arrays.size());
        for (Parameter array : arrays.values()) {
            int count = (int) Math.min(array.length(), MOST);
            float[] sample = new float[count];
            if (count == array.length()) {
                vector.read(array.offset(), sample, count);
            } else {
                float[] one = new float[1];
                for (int i = 0; i < count; i++) {
                    vector.read(array.offset() + i * array.length() / count, one, 1);
                    sample[i] = one[0];
                }
            }
            all.add(sample);
        }
        return all;
    }
}
