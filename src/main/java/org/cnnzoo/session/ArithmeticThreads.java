package org.cnnzoo.session;

import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * How many threads the arithmetic uses, as {@code OMP_NUM_THREADS} would say, but set from within:
 * ND4J's own loops, oneDNN's OpenMP, OpenBLAS's pool and the optimiser's are told one by one.
 */
public final class ArithmeticThreads {
    private ArithmeticThreads() {}

    /**
     * Sets the number. OpenMP keeps it for each thread, so call it on the one that trains.
     *
     * @param threads 1 or more
     */
    public static void set(int threads) {
        Nd4j.getEnvironment().setMaxMasterThreads(threads);
        NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
        Nd4j.factory().blas().setMaxThreads(threads);
        // The optimiser's: the calling thread works too. Has its effect if nothing ran in parallel
        // yet
        System.setProperty(
                "java.util.concurrent.ForkJoinPool.common.parallelism",
                Integer.toString(threads - 1));
    }

    /** How many it uses. */
    public static int count() {
        return NativeOpsHolder.getInstance().getDeviceNativeOps().ompGetMaxThreads();
    }
}
