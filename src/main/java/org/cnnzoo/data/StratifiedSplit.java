package org.cnnzoo.data;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Sets images of a training set aside for validation, the same share of each class. */
final class StratifiedSplit {
    private StratifiedSplit() {}

    /**
     * The images to set aside, ascending.
     *
     * @param labels {@code [N]}
     * @param classes how many there are
     * @param total how many to set aside; fewer where classes would be left with no image
     * @param seed which ones
     * @param turns whether the seed also says which classes come first where several lose as much
     *     by rounding; else the first do
     */
    static int[] held(int[] labels, int classes, int total, long seed, boolean turns) {
        int[][] byClass = new int[classes][];
        double[] exact = new double[classes];
        int[] quota = new int[classes];
        for (int c = 0; c < classes; c++) {
            int label = c;
            byClass[c] =
                    IntStream.range(0, labels.length).filter(i -> labels[i] == label).toArray();
            exact[c] = (double) total * byClass[c].length / Math.max(1, labels.length);
            quota[c] = (int) exact[c];
        }
        // What rounding down left over goes to the classes that lost most by it
        IntStream order =
                turns
                        ? IntStream.of(Seeds.permutation(classes, Seeds.random(seed, -1)))
                        : IntStream.range(0, classes);
        List<Integer> byRemainder =
                order.boxed().sorted(Comparator.comparingDouble(c -> quota[c] - exact[c])).toList();
        int left = total - IntStream.of(quota).sum();
        for (int c : byRemainder) {
            if (left > 0 && quota[c] < byClass[c].length - 1) {
                quota[c]++;
                left--;
            }
        }
        return IntStream.range(0, classes)
                .flatMap(c -> drawn(byClass[c], Math.min(quota[c], byClass[c].length - 1), seed, c))
                .sorted()
                .toArray();
    }

    private static IntStream drawn(int[] members, int count, long seed, int label) {
        int[] order = Seeds.permutation(members.length, Seeds.random(seed, label));
        return IntStream.range(0, count).map(i -> members[order[i]]);
    }

    /** The images that stay, ascending: those of {@code 0..size-1} that are not in {@code held}. */
    static int[] rest(int size, int[] held) {
        boolean[] out = new boolean[size];
        for (int i : held) {
            out[i] = true;
        }
        return IntStream.range(0, size).filter(i -> !out[i]).toArray();
    }
}
