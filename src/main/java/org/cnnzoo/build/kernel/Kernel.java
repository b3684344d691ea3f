package org.cnnzoo.build.kernel;

import java.io.Serializable;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;

/**
 * The arithmetic of one operation. A kernel is immutable and saved as JSON with the model; what a
 * pass has to remember lives in the {@link Pass}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
public interface Kernel extends Serializable {

    /** The arrays it owns, in the order in which they are stored. */
    default List<Slot> slots() {
        return List.of();
    }

    /**
     * The output for a batch.
     *
     * @param x [N, C, H, W] or [N, C], in C order; not to be changed
     * @param pass weights, and where to put the result
     */
    INDArray forward(INDArray x, Pass pass);

    /**
     * The gradient with respect to {@code x}; gradients of the weights go into {@link
     * Pass#gradient}, overwriting what was there.
     *
     * @param x what {@link #forward} got
     * @param dy gradient with respect to its output, in C order; not to be changed
     */
    INDArray backward(INDArray x, INDArray dy, Pass pass);
}
