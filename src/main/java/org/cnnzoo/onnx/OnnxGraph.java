package org.cnnzoo.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import onnx.Onnx;
import org.nd4j.shade.protobuf.ByteString;

/** An ONNX graph in the making. Results are named after the network's nodes. */
final class OnnxGraph {
    private final Onnx.GraphProto.Builder graph = Onnx.GraphProto.newBuilder();
    private String place = "";
    private int constants;
    private int steps;

    OnnxGraph(String name) {
        graph.setName(name);
    }

    /** Names the network's node that the next nodes stand for. */
    void at(String node) {
        place = node;
        steps = 0;
    }

    /** One node; its result has a name of its own. */
    Step step(String type, String... inputs) {
        String output = steps == 0 ? place : place + "/" + type + "." + steps;
        steps++;
        Onnx.NodeProto.Builder node =
                Onnx.NodeProto.newBuilder()
                        .setOpType(type)
                        .setName(output)
                        .addAllInput(List.of(inputs))
                        .addOutput(output);
        return new Step(node);
    }

    /** A node whose attributes are being given. */
    final class Step {
        private final Onnx.NodeProto.Builder node;

        private Step(Onnx.NodeProto.Builder node) {
            this.node = node;
        }

        Step with(String name, float value) {
            node.addAttribute(attribute(name, Onnx.AttributeProto.AttributeType.FLOAT).setF(value));
            return this;
        }

        Step with(String name, long value) {
            node.addAttribute(attribute(name, Onnx.AttributeProto.AttributeType.INT).setI(value));
            return this;
        }

        Step with(String name, long... values) {
            Onnx.AttributeProto.Builder attribute =
                    attribute(name, Onnx.AttributeProto.AttributeType.INTS);
            for (long value : values) {
                attribute.addInts(value);
            }
            node.addAttribute(attribute);
            return this;
        }

        private static Onnx.AttributeProto.Builder attribute(
                String name, Onnx.AttributeProto.AttributeType type) {
            return Onnx.AttributeProto.newBuilder().setName(name).setType(type);
        }

        /** Adds it; the name of what it gives. */
        String done() {
            graph.addNode(node);
            return node.getOutput(0);
        }
    }

    /** A trained array. */
    String array(String name, List<Long> shape, float[] values) {
        ByteBuffer bytes =
                ByteBuffer.allocate(Math.multiplyExact(Float.BYTES, values.length))
                        .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        graph.addInitializer(
                Onnx.TensorProto.newBuilder()
                        .setName(name)
                        .setDataType(Onnx.TensorProto.DataType.FLOAT_VALUE)
                        .addAllDims(shape)
                        .setRawData(ByteString.copyFrom(bytes)));
        return name;
    }

    /** An array that the network's definition gives, not training. */
    String fixed(String name, List<Long> shape, float[] values) {
        return array(place + "/" + name + "." + constants++, shape, values);
    }

    /** The same of one dimension. */
    String fixed(String name, float[] values) {
        return fixed(name, List.of((long) values.length), values);
    }

    /** A single number that an operation needs. */
    String constant(float value) {
        return array(place + "/constant." + constants++, List.of(), new float[] {value});
    }

    /** Whole numbers that an operation needs: sizes, places. */
    String numbers(long... values) {
        Onnx.TensorProto.Builder tensor =
                Onnx.TensorProto.newBuilder()
                        .setName(place + "/constant." + constants++)
                        .setDataType(Onnx.TensorProto.DataType.INT64_VALUE)
                        .addDims(values.length);
        for (long value : values) {
            tensor.addInt64Data(value);
        }
        graph.addInitializer(tensor);
        return tensor.getName();
    }

    /** What goes in or comes out: [N, ...] for any N. */
    static Onnx.ValueInfoProto value(String name, long... sizes) {
        Onnx.TensorShapeProto.Builder shape =
                Onnx.TensorShapeProto.newBuilder()
                        .addDim(Onnx.TensorShapeProto.Dimension.newBuilder().setDimParam("N"));
        for (long size : sizes) {
            shape.addDim(Onnx.TensorShapeProto.Dimension.newBuilder().setDimValue(size));
        }
        return Onnx.ValueInfoProto.newBuilder()
                .setName(name)
                .setType(
                        Onnx.TypeProto.newBuilder()
                                .setTensorType(
                                        Onnx.TypeProto.Tensor.newBuilder()
                                                .setElemType(Onnx.TensorProto.DataType.FLOAT_VALUE)
                                                .setShape(shape)))
                .build();
    }

    /** The graph between its ends. */
    Onnx.GraphProto between(Onnx.ValueInfoProto input, Onnx.ValueInfoProto output) {
        return graph.addInput(input).addOutput(output).build();
    }
}
