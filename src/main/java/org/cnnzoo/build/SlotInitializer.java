package org.cnnzoo.build;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cnnzoo.build.kernel.Slot;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Shares a layer's part of the flat vectors out among its slots; {@link Initialization} fills it.
 */
final class SlotInitializer implements ParamInitializer {
    private final List<Slot> slots;

    SlotInitializer(List<Slot> slots) {
        this.slots = List.copyOf(slots);
    }

    @Override
    public long numParams(NeuralNetConfiguration conf) {
        return slots.stream().mapToLong(Slot::length).sum();
    }

    @Override
    public long numParams(Layer layer) {
        return slots.stream().mapToLong(Slot::length).sum();
    }

    @Override
    public List<String> paramKeys(Layer layer) {
        return slots.stream().map(Slot::name).toList();
    }

    @Override
    public List<String> weightKeys(Layer layer) {
        return paramKeys(layer);
    }

    @Override
    public List<String> biasKeys(Layer layer) {
        return List.of();
    }

    @Override
    public boolean isWeightParam(Layer layer, String key) {
        return true;
    }

    @Override
    public boolean isBiasParam(Layer layer, String key) {
        return false;
    }

    @Override
    public Map<String, INDArray> init(
            NeuralNetConfiguration conf, INDArray paramsView, boolean initializeParams) {
        slots.forEach(slot -> conf.addVariable(slot.name()));
        return views(paramsView);
    }

    @Override
    public Map<String, INDArray> getGradientsFromFlattened(
            NeuralNetConfiguration conf, INDArray gradientView) {
        return views(gradientView);
    }

    private Map<String, INDArray> views(INDArray flat) {
        Map<String, INDArray> views = new LinkedHashMap<>();
        if (slots.isEmpty()) {
            return views;
        }
        INDArray vector = flat.reshape(flat.length());
        long offset = 0;
        for (Slot slot : slots) {
            views.put(
                    slot.name(),
                    vector.get(NDArrayIndex.interval(offset, offset + slot.length()))
                            .reshape('c', slot.sizes()));
            offset += slot.length();
        }
        return views;
    }
}
