package org.cnnzoo.train;

import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.cnnzoo.build.Model;
import org.cnnzoo.build.Parameter;
import org.cnnzoo.build.Step;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A model that is also trained on images of other sizes than it was built for.
 *
 * <p>An engine's step is compiled for one size. For another one, a second model is built whose step
 * works on copies: the parameters go in before, the gradients and the batch's statistics come back
 * after, so that optimiser, moving average and checkpoints have the first model's vectors alone.
 */
public final class ResizableModel implements Trainable {
    private final Trainable full;
    private final int side;
    private final IntFunction<Model> bySide;
    private @Nullable Model sized;

    /**
     * @param model for the size that it is evaluated and saved at, square
     * @param bySide builds it with the same parameters for other images, by pixels a side
     */
    public ResizableModel(Model model, IntFunction<Model> bySide) {
        this.full = Trainable.of(model);
        this.side = model.network().input().height();
        this.bySide = bySide;
    }

    @Override
    public List<Parameter> parameters() {
        return full.parameters();
    }

    @Override
    public INDArray values() {
        return full.values();
    }

    @Override
    public INDArray gradients() {
        return full.gradients();
    }

    @Override
    public Step forwardBackward(INDArray images, INDArray targets, long iteration) {
        int asked = Math.toIntExact(images.size(2));
        if (asked == side) {
            sized = null; // its arrays are as large as the network's
            return full.forwardBackward(images, targets, iteration);
        }
        Model model = sized;
        if (model == null || model.network().input().height() != asked) {
            model = bySide.apply(asked);
            requireSame(model.parameters());
            sized = model;
        }
        model.values().assign(full.values());
        Step step = model.forwardBackward(images, targets, iteration);
        full.gradients().assign(model.gradients());
        return step;
    }

    private void requireSame(List<Parameter> others) {
        if (!others.equals(full.parameters())) {
            throw new IllegalArgumentException("the parameters change with the size of the input");
        }
    }

    @Override
    public Optional<String> firstNotFinite(INDArray images) {
        Model model = sized;
        return model == null ? full.firstNotFinite(images) : model.firstNotFinite(images);
    }

    @Override
    public INDArray logits(INDArray images) {
        return full.logits(images);
    }

    @Override
    public String configuration() {
        return full.configuration();
    }
}
