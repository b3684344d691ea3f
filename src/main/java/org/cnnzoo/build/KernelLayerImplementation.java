package org.cnnzoo.build;

import java.util.Map;
import org.cnnzoo.build.kernel.Pass;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;

/** A Deeplearning4j layer at work: hands arrays to its kernel and takes them back. */
final class KernelLayerImplementation extends BaseLayer<KernelLayer> {
    private static final long serialVersionUID = 1L;

    private final transient Pass.Notes notes;

    KernelLayerImplementation(NeuralNetConfiguration conf, DataType type) {
        super(conf, type);
        notes = new Pass.Notes(layerConf().seed());
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr memory) {
        assertInputSet(false);
        return layerConf().kernel().forward(ordered(input), pass(training, memory));
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray dy, LayerWorkspaceMgr memory) {
        assertInputSet(true);
        INDArray dx =
                layerConf().kernel().backward(ordered(input), ordered(dy), pass(true, memory));
        Gradient gradient = new DefaultGradient();
        if (gradientViews != null) {
            gradientViews.forEach(gradient::setGradientFor);
        }
        return new Pair<>(gradient, dx);
    }

    private Pass pass(boolean training, LayerWorkspaceMgr memory) {
        notes.iteration(getIterationCount());
        return new Pass(
                params == null ? Map.of() : params,
                gradientViews == null ? Map.of() : gradientViews,
                notes,
                memory,
                dataType,
                training);
    }

    /** Kernels are promised arrays in C order. */
    private static INDArray ordered(INDArray array) {
        return Shape.hasDefaultStridesForShape(array) ? array : array.dup('c');
    }

    @Override
    public boolean isPretrainLayer() {
        return false;
    }

    @Override
    public boolean hasBias() {
        return false;
    }
}
