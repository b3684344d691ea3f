package org.cnnzoo.train;

import java.util.List;
import java.util.Optional;
import org.cnnzoo.build.Model;
import org.cnnzoo.build.Parameter;
import org.cnnzoo.build.Step;
import org.cnnzoo.eval.Classifier;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What training needs of a network; {@link #of} makes one of a {@link Model}. */
public interface Trainable extends Classifier {
    /** Every array of the flat vector, in its order, without gaps. */
    List<Parameter> parameters();

    /** All parameters and running statistics [P], live. */
    INDArray values();

    /** The gradients of the last {@link #forwardBackward} [P], live. */
    INDArray gradients();

    /**
     * One forward and backward pass in training mode.
     *
     * @param images [N, C, H, W], only valid during the call
     * @param targets [N, classes], as {@link Targets} makes them: rows of any sum
     * @param iteration counts steps from 0
     */
    Step forwardBackward(INDArray images, INDArray targets, long iteration);

    /** See {@link Model#firstNotFinite}. */
    default Optional<String> firstNotFinite(INDArray images) {
        return Optional.empty();
    }

    /** The Deeplearning4j graph's configuration as JSON, the same in every process. */
    String configuration();

    /** A model, to be trained. */
    static Trainable of(Model model) {
        // Once, before any step: Deeplearning4j counts iterations in it, which would make the bytes
        // of a checkpoint depend on where its process began
        String configuration = model.graph().getConfiguration().toJson();
        return new Trainable() {
            @Override
            public List<Parameter> parameters() {
                return model.parameters();
            }

            @Override
            public INDArray values() {
                return model.values();
            }

            @Override
            public INDArray gradients() {
                return model.gradients();
            }

            @Override
            public Step forwardBackward(INDArray images, INDArray targets, long iteration) {
                return model.forwardBackward(images, targets, iteration);
            }

            @Override
            public Optional<String> firstNotFinite(INDArray images) {
                return model.firstNotFinite(images);
            }

            @Override
            public INDArray logits(INDArray images) {
                return model.logits(images);
            }

            @Override
            public String configuration() {
                return configuration;
            }
        };
    }
}
