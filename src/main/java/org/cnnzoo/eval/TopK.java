package org.cnnzoo.eval;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Places of classes by their scores: of equal ones the first is ahead, as in {@code torch.argmax}.
 */
public final class TopK {
    private TopK() {}

    /**
     * How many classes are ahead of one; 0 if it is the first. A score that isn't a number is
     * behind all others, and so never right.
     *
     * @param scores row by row
     * @param row where the image's row starts
     * @param classes length of the row
     * @param of the class that is asked for
     */
    public static int rank(float[] scores, int row, int classes, int of) {
        float mine = scores[row + of];
        if (Float.isNaN(mine)) {
            return Integer.MAX_VALUE;
        }
        int ahead = 0;
        for (int c = 0; c < classes; c++) {
            float other = scores[row + c];
            if (other > mine || (other == mine && c < of)) {
                ahead++;
            }
        }
        return ahead;
    }

    /**
     * The classes that are ahead of all others, the first one first.
     *
     * @param k how many; all classes if there are fewer
     */
    public static List<Integer> best(float[] scores, int row, int classes, int k) {
        return IntStream.range(0, classes)
                .boxed()
                .sorted(Comparator.comparingDouble(c -> key(scores[row + c])))
                .limit(k)
                .toList();
    }

    private static double key(float score) {
        return Float.isNaN(score) ? Double.POSITIVE_INFINITY : -score;
    }

    /** The class that is ahead of all others; the first where no score is a number. */
    public static int first(float[] scores, int row, int classes) {
        int best = 0;
        for (int c = 1; c < classes; c++) {
            float other = scores[row + c];
            boolean number = !Float.isNaN(other);
            if (number && (other > scores[row + best] || Float.isNaN(scores[row + best]))) {
                best = c;
            }
        }
        return best;
    }
}
