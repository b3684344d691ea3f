package org.cnnzoo.ui;

import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An operation that Deeplearning4j has no layer for: on the page of the model, which shows the name
 * of the class, its own name says what it does. Public, with a constructor for JSON.
 */
public final class OtherOperation extends GraphVertex {
    private static final long serialVersionUID = 1L;

    @Override
    public GraphVertex clone() {
        return new OtherOperation();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof OtherOperation;
    }

    @Override
    public int hashCode() {
        return OtherOperation.class.hashCode();
    }

    @Override
    public long numParams(boolean backprop) {
        return 0;
    }

    @Override
    public int minVertexInputs() {
        return 1;
    }

    @Override
    public int maxVertexInputs() {
        return 1;
    }

    @Override
    public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
            ComputationGraph graph,
            String name,
            int index,
            INDArray parameters,
            boolean initialize,
            DataType type) {
        throw new UnsupportedOperationException("it is only drawn");
    }

    @Override
    public InputType getOutputType(int layer, InputType... inputs) {
        return inputs[0];
    }

    @Override
    public MemoryReport getMemoryReport(InputType... inputs) {
        throw new UnsupportedOperationException("it is only drawn");
    }
}
