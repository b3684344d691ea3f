package org.cnnzoo.weights;

import java.util.ArrayList;
import java.util.List;
import org.cnnzoo.build.Model;
import org.cnnzoo.build.Parameter;
import org.cnnzoo.build.Step;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.weights.tensors.Tensor;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** One step in training mode, as tensors that another library's can be compared with. */
public final class TrainingStep {
    private TrainingStep() {}

    /**
     * The logits {@code [N, classes]} under the name {@code logits}, the gradient of the mean
     * cross-entropy for every parameter, and each running statistic as it is after the step.
     *
     * @param images [N, C, H, W]
     * @param labels [N], each a class
     * @throws BadInput if the shapes don't fit the model or each other
     */
    public static List<Tensor> of(
            Model model, Convention convention, Tensor images, Tensor labels) {
        INDArray input =
                Nd4j.createFromArray(images.values())
                        .reshape(images.shape().stream().mapToLong(Long::longValue).toArray());
        Step step = model.forwardBackward(input, oneHot(model, images, labels), 0);
        List<Tensor> tensors = new ArrayList<>();
        tensors.add(
                Tensor.of(
                        "logits",
                        List.of(step.logits().size(0), step.logits().size(1)),
                        step.logits().dup('c').ravel().toFloatVector()));
        for (Convention.Named named : convention.names(model.network())) {
            Parameter place = model.parameter(named.ours());
            INDArray values = part(model.gradients(), place);
            if (!place.role().trainable()) {
                values = part(model.values(), place).sub(values);
            }
            tensors.add(
                    Tensor.of(
                            named.theirs(), named.weight().shape(), values.dup().toFloatVector()));
        }
        return tensors;
    }

    private static INDArray part(INDArray vector, Parameter place) {
        return place.in(vector);
    }

    private static INDArray oneHot(Model model, Tensor images, Tensor labels) {
        int classes = model.network().classes();
        List<Integer> sizes = model.network().input().sizes();
        if (images.shape().size() != 4
                || !images.shape()
                        .subList(1, 4)
                        .equals(sizes.stream().map(Integer::longValue).toList())) {
            throw new BadInput(
                    "%s is %s; the network takes [N, %d, %d, %d]"
                            .formatted(
                                    images.name(),
                                    images.shape(),
                                    sizes.get(0),
                                    sizes.get(1),
                                    sizes.get(2)));
        }
        if (!labels.shape().equals(images.shape().subList(0, 1))) {
            throw new BadInput(
                    "%s is %s; %d images need [%d]"
                            .formatted(
                                    labels.name(),
                                    labels.shape(),
                                    images.shape().get(0),
                                    images.shape().get(0)));
        }
        float[] values = labels.values();
        INDArray targets = Nd4j.zeros(values.length, classes);
        for (int n = 0; n < values.length; n++) {
            if (values[n] != Math.rint(values[n]) || values[n] < 0 || values[n] >= classes) {
                throw new BadInput(
                        "%s has the label %s at %d; there are %d classes, from 0"
                                .formatted(labels.name(), values[n], n, classes));
            }
            targets.putScalar(n, (long) values[n], 1);
        }
        return targets;
    }
}
