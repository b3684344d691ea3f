package org.cnnzoo.weights;

import java.util.List;
import org.cnnzoo.build.Model;
import org.cnnzoo.build.Parameter;
import org.cnnzoo.weights.Convention.Named;
import org.cnnzoo.weights.tensors.Tensor;

/** A model's weights as tensors with another library's names. */
public final class WeightExport {
    private WeightExport() {}

    /** The tensors in the network's order; each reads the model's values when it is written. */
    public static List<Tensor> tensors(Model model, Convention convention) {
        return convention.names(model.network()).stream()
                .map(named -> tensor(model, named, model.parameter(named.ours())))
                .toList();
    }

    private static Tensor tensor(Model model, Named named, Parameter place) {
        return new Tensor(
                named.theirs(),
                named.weight().shape(),
                "F32",
                () -> place.in(model.values()).dup().toFloatVector());
    }
}
