package org.cnnzoo.cli;

import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * How many threads ND4J's arithmetic uses, as {@code OMP_NUM_THREADS} would say, but set from
 * within: its own loops, oneDNN's OpenMP and OpenBLAS's pool are told one by one.
 */
final class ArithmeticThreads {
    private ArithmeticThreads() {}

    /**
     * Sets the number. OpenMP keeps it for each thread, so call it on the one that trains.
     *
     * @param threads 1 or more
     */
    static void set(int threads) {
        Nd4j.getEnvironment().setMaxMasterThreads(threads);
        NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
        Nd4j.factory().blas().setMaxThreads(threads);
    }

    /** How many it uses. */
    static int count() {
        return NativeOpsHolder.getInstance().getDeviceNativeOps().ompGetMaxThreads();
    }
}
