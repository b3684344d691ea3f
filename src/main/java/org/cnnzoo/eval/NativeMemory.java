package org.cnnzoo.eval;

import org.bytedeco.javacpp.Pointer;

/**
 * Has what Deeplearning4j leaves behind outside the heap given back.
 *
 * <p>Arrays and contexts of its operations wait for the garbage collector, which sees a few bytes
 * of each and so hardly comes: training ResNet-20, whose shortcuts are such operations, grew by 2.5
 * GB in 1,000 steps. It is asked to collect when the process has grown; no result depends on it.
 */
public final class NativeMemory {
    private static final long PASSES_BETWEEN_LOOKS = 20;
    private static final long GROWTH = 256L << 20;

    private long passes;
    private long level;
    private boolean collected;

    /** A pass through the network is done. */
    public void passDone() {
        passes++;
        if (passes % PASSES_BETWEEN_LOOKS != 0) {
            return;
        }
        long bytes = Pointer.physicalBytes();
        if (level == 0 || bytes < level) {
            level = bytes;
        }
        if (bytes - level <= GROWTH) {
            collected = false;
        } else if (collected) {
            level = bytes; // what is still there now, is in use
            collected = false;
        } else {
            System.gc(); // which frees after a while, in threads of its own
            collected = true;
        }
    }
}
