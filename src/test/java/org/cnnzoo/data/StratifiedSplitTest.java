package org.cnnzoo.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StratifiedSplitTest {
    @Test
    void holdsExactlyTheTotalInProportion() {
        int[] labels = IntStream.range(0, 100).map(i -> i < 71 ? 0 : i < 94 ? 1 : 2).toArray();
        int[] held = StratifiedSplit.held(labels, 3, 10, 7, false);
        int[] counts = new int[3];
        for (int i : held) {
            counts[labels[i]]++;
        }
        assertThat(counts).containsExactly(7, 2, 1); // of 7.1, 2.3 and 0.6
        assertThat(held).isSorted().doesNotHaveDuplicates();
        assertThat(StratifiedSplit.rest(100, held)).hasSize(90).doesNotContain(held);
    }

    @Test
    void classesThatLoseAlikeTakeTurnsByTheSeed() {
        int[] labels = IntStream.range(0, 50).map(i -> i / 5).toArray();
        int[] first = labelsOf(StratifiedSplit.held(labels, 10, 5, 0, true), labels);
        assertThat(first).hasSize(5).doesNotHaveDuplicates();
        assertThat(labelsOf(StratifiedSplit.held(labels, 10, 5, 0, true), labels)).isEqualTo(first);
        assertThat(labelsOf(StratifiedSplit.held(labels, 10, 5, 1, true), labels))
                .isNotEqualTo(first);
        assertThat(first).isNotEqualTo(new int[] {0, 1, 2, 3, 4});
        assertThat(labelsOf(StratifiedSplit.held(labels, 10, 5, 0, false), labels))
                .containsExactly(0, 1, 2, 3, 4);
    }

    private static int[] labelsOf(int[] images, int[] labels) {
        return IntStream.of(images).map(i -> labels[i]).toArray();
    }

    @Test
    void leavesEachClassAnImageToTrainOn() {
        assertThat(StratifiedSplit.held(new int[] {0, 1, 2}, 3, 3, 7, false)).isEmpty();
        assertThat(StratifiedSplit.held(new int[] {0, 0, 1}, 2, 2, 7, true)).hasSize(1);
    }

    @Test
    void aShareAndASeedChooseOthers() {
        int[] labels = IntStream.range(0, 200).map(i -> i % 4).toArray();
        int[] usual = ValSplit.USUAL.held(labels, 4, 20);
        int[] fifth = split(0.2, 0).held(labels, 4, 20);
        assertThat(usual).hasSize(20);
        assertThat(fifth).hasSize(40);
        for (int c = 0; c < 4; c++) {
            int label = c;
            assertThat(IntStream.of(fifth).filter(i -> labels[i] == label).count()).isEqualTo(10);
        }
        assertThat(split(0.2, 0).held(labels, 4, 20)).isEqualTo(fifth);
        assertThat(split(0.2, 1).held(labels, 4, 20)).hasSize(40).isNotEqualTo(fifth);
        assertThat(split(1e-6, 0).held(labels, 4, 20)).hasSize(1);
    }

    private static ValSplit split(double share, long seed) {
        return new ValSplit(OptionalDouble.of(share), OptionalLong.of(seed));
    }
}
