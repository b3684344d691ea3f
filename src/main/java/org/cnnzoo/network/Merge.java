package org.cnnzoo.network;

import java.util.List;
import org.cnnzoo.spec.Join;

/** Several inputs joined into one. */
public record Merge(Join join) implements Operation {

    @Override
    public String type() {
        return join.word();
    }

    @Override
    public Shape output(List<Shape> inputs) {
        return join == Join.CONCAT ? concat(inputs) : elementwise(inputs);
    }

    private static Shape concat(List<Shape> inputs) {
        Shape first = inputs.get(0);
        int channels = 0;
        for (Shape in : inputs) {
            if (!in.withChannels(1).equals(first.withChannels(1))) {
                throw new ShapeMismatch("concat needs paths of one height and width");
            }
            channels = Math.addExact(channels, in.channels());
        }
        return first.withChannels(channels);
    }

    private Shape elementwise(List<Shape> inputs) {
        Shape largest = inputs.get(0);
        for (Shape in : inputs) {
            if (in.elements() > largest.elements()) {
                largest = in;
            }
        }
        for (Shape in : inputs) {
            boolean scales =
                    join == Join.MULTIPLY
                            && !largest.flat()
                            && in.equals(Shape.maps(largest.channels(), 1, 1));
            if (!in.equals(largest) && !scales) {
                throw new ShapeMismatch(join.word() + " needs paths of one shape");
            }
        }
        return largest;
    }
}
