package org.cnnzoo.build.kernel;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Arrays outside all workspaces, which live until nobody holds them. */
public final class Lasting {
    private Lasting() {}

    /** An array in C order, its values undefined. */
    public static INDArray array(DataType type, long... shape) {
        MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces();
        try {
            return Nd4j.createUninitialized(type, shape, 'c');
        } finally {
            outside.close();
        }
    }

    /** A copy in C order. */
    public static INDArray copy(INDArray array) {
        return array(array.dataType(), array.shape()).assign(array);
    }
}
