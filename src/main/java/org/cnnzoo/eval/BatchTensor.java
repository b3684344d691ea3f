package org.cnnzoo.eval;

import org.cnnzoo.data.Batch;
import org.cnnzoo.data.Preprocessing;
import org.cnnzoo.run.FlatVector;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Batches as arrays [N, C, H, W], in memory that is used again: arrays outside the heap are only
 * given back when the garbage collector runs, which knows nothing of their size.
 */
public final class BatchTensor {
    private final Preprocessing preprocessing;
    private @Nullable INDArray whole;

    public BatchTensor(Preprocessing preprocessing) {
        this.preprocessing = preprocessing;
    }

    /** This one, or one for images of another size. */
    public BatchTensor orFor(Preprocessing other) {
        return other.equals(preprocessing) ? this : new BatchTensor(other);
    }

    /** The batch's images [N, C, H, W], valid until the next call. */
    public INDArray of(Batch batch) {
        INDArray array = whole;
        if (array == null || array.size(0) != batch.size()) {
            array = create(batch.size());
            if (whole == null || whole.size(0) < batch.size()) {
                whole = array; // an epoch's last, smaller batch doesn't displace the usual one
            }
        }
        FlatVector.of(array).write(0, batch.images(), batch.images().length);
        return array;
    }

    private INDArray create(int images) {
        long[] shape = {
            images, preprocessing.channels(), preprocessing.height(), preprocessing.width()
        };
        return Nd4j.createUninitializedDetached(DataType.FLOAT, shape);
    }
}
