package org.cnnzoo.build.onednn;

import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.Pointer;
import org.cnnzoo.build.onednn.Value.Dims;
import org.cnnzoo.network.Node;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** An operation that oneDNN doesn't have: the graph's layer does it, on copies. */
final class LayerUnit implements Unit {
    private final Emitter emitter;
    private final Node node;
    private final Layer layer;
    private @Nullable Value input;
    private @Nullable INDArray x;

    LayerUnit(Emitter emitter, Node node, Layer layer) {
        this.emitter = emitter;
        this.node = node;
        this.layer = layer;
    }

    @Override
    public Value forward(List<Value> inputs) {
        Value source = emitter.plain(inputs.get(0));
        input = source;
        long batch = source.dims().get(0);
        Dims dims =
                node.output().flat()
                        ? Dims.of(batch, node.output().channels())
                        : Dims.of(
                                batch,
                                node.output().channels(),
                                node.output().height(),
                                node.output().width());
        Value y = Value.planned(dims, Emitter.plain(dims));
        emitter.java(
                List.of(source, y),
                () -> {
                    INDArray copy = array(source);
                    x = copy;
                    layer.setInput(copy, LayerWorkspaceMgr.noWorkspaces());
                    put(layer.activate(emitter.training(), LayerWorkspaceMgr.noWorkspaces()), y);
                });
        return emitter.laidOut(y);
    }

    @Override
    public Optional<List<Value>> backward(Value gradient, boolean needed) {
        Value source = java.util.Objects.requireNonNull(input);
        Value dy = emitter.plain(gradient);
        Value dx = Value.planned(source.dims(), Emitter.plain(source.dims()));
        emitter.java(
                List.of(dy, dx),
                () -> {
                    layer.setInput(
                            java.util.Objects.requireNonNull(x), LayerWorkspaceMgr.noWorkspaces());
                    put(
                            layer.backpropGradient(array(dy), LayerWorkspaceMgr.noWorkspaces())
                                    .getSecond(),
                            dx);
                    x = null;
                });
        return Optional.of(List.of(emitter.laidOut(dx)));
    }

    private static INDArray array(Value value) {
        INDArray array = Nd4j.createUninitializedDetached(DataType.FLOAT, value.dims().array());
        Pointer.memcpy(array.data().pointer(), value.pointer(), value.storage().bytes());
        return array;
    }

    private static void put(INDArray result, Value value) {
        INDArray dense =
                result.isView() || result.ordering() != 'c' || result.data().offset() != 0
                        ? result.dup('c')
                        : result;
        Pointer.memcpy(value.pointer(), dense.data().pointer(), value.storage().bytes());
    }
}
