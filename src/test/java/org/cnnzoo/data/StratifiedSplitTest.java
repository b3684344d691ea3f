package org.cnnzoo.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StratifiedSplitTest {
    @Test
    void holdsExactlyTheTotalInProportion() {
        int[] labels = IntStream.range(0, 100).map(i -> i < 71 ? 0 : i < 94 ? 1 : 2).toArray();
        int[] held = StratifiedSplit.held(labels, 3, 10);
        int[] counts = new int[3];
        for (int i : held) {
            counts[labels[i]]++;
        }
        assertThat(counts).containsExactly(7, 2, 1); // of 7.1, 2.3 and 0.6
        assertThat(held).isSorted().doesNotHaveDuplicates();
        assertThat(StratifiedSplit.rest(100, held)).hasSize(90).doesNotContain(held);
    }

    @Test
    void leavesEachClassAnImageToTrainOn() {
        assertThat(StratifiedSplit.held(new int[] {0, 1, 2}, 3, 3)).isEmpty();
        assertThat(StratifiedSplit.held(new int[] {0, 0, 1}, 2, 2)).hasSize(1);
    }
}
