package org.cnnzoo.network;

import java.util.List;
import org.cnnzoo.spec.Where;

/**
 * One operation in its place.
 *
 * @param name its path, such as {@code features.2.1.main.0.conv}: the key of checkpoints
 * @param inputs names of the nodes it reads; {@link Network#INPUT} is the image
 * @param inputShapes their shapes
 * @param output its own shape for one image
 * @param auxiliary whether it exists in training only
 * @param where the line of the file it comes from
 */
public record Node(
        String name,
        Operation operation,
        List<String> inputs,
        List<Shape> inputShapes,
        Shape output,
        boolean auxiliary,
        Where where) {
    public Node {
        inputs = List.copyOf(inputs);
        inputShapes = List.copyOf(inputShapes);
    }

    /** The same place with another operation, of the same output. */
    Node with(Operation other) {
        return new Node(name, other, inputs, inputShapes, output, auxiliary, where);
    }

    /** The arrays it owns. */
    public List<Weight> weights() {
        return operation.weights(inputShapes);
    }

    /** Trainable parameters. */
    public long parameters() {
        return weights().stream().filter(Weight::trainable).mapToLong(Weight::elements).sum();
    }

    /** Running statistics and the like. */
    public long nonTrainable() {
        return weights().stream().filter(w -> !w.trainable()).mapToLong(Weight::elements).sum();
    }

    /** Multiply-adds for one image. */
    public long macs() {
        return operation.macs(inputShapes);
    }
}
