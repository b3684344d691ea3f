package org.cnnzoo.train;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Spans cut into pieces for several threads. The cuts depend on the spans alone, so that sums over
 * pieces, added in order, have the same bits with any number of threads.
 */
final class Pieces {
    private static final long LONGEST = 1 << 18;

    /** Below this, waking other threads costs more than it saves. */
    private static final long WORTH_SHARING = 1 << 20;

    private final List<Span> pieces = new ArrayList<>();
    private final boolean shared;

    Pieces(List<Span> spans) {
        long total = 0;
        for (Span span : spans) {
            total += span.length();
            for (long done = 0; done < span.length(); done += LONGEST) {
                long length = Math.min(LONGEST, span.length() - done);
                pieces.add(
                        new Span(
                                span.offset() + done,
                                length,
                                span.trained(),
                                span.decay(),
                                span.rate()));
            }
        }
        this.shared = total >= WORTH_SHARING;
    }

    int count() {
        return pieces.size();
    }

    /** What is done with the piece of an index. */
    @FunctionalInterface
    interface Work {
        void on(int index, Span piece);
    }

    /** Does the work on every piece, on several threads if that is worth it. */
    void forEach(Work work) {
        IntStream indices = IntStream.range(0, pieces.size());
        (shared ? indices.parallel() : indices).forEach(i -> work.on(i, pieces.get(i)));
    }
}
