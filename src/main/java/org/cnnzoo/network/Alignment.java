package org.cnnzoo.network;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The layers of two networks side by side: the longest sequence that both have in common, first of
 * all of layers that are the same, then of layers of one type and output.
 */
public final class Alignment {
    /** More than all that are only alike: no layer that is the same is given up for those. */
    private static final int SAME = 1 << 12;

    private static final int ALIKE = 1;

    private final List<Node> a;
    private final List<Node> b;

    private Alignment(List<Node> a, List<Node> b) {
        this.a = a;
        this.b = b;
    }

    /** A layer of each network, or of one of them alone. */
    public record Pair(@Nullable Node a, @Nullable Node b) {
        /** Whether both are there and compute the same: type, settings, output, parameters. */
        public boolean same() {
            return a != null && b != null && score(a, b) == SAME;
        }
    }

    public static List<Pair> of(List<Node> a, List<Node> b) {
        return new Alignment(a, b).pairs();
    }

    private static int score(Node a, Node b) {
        if (!a.operation().type().equals(b.operation().type()) || !a.output().equals(b.output())) {
            return 0;
        }
        boolean same =
                a.operation().details().equals(b.operation().details())
                        && a.parameters() == b.parameters();
        return same ? SAME : ALIKE;
    }

    /** For each two places the best score of what follows. */
    private int[][] best() {
        int[][] best = new int[a.size() + 1][b.size() + 1];
        for (int i = a.size() - 1; i >= 0; i--) {
            for (int j = b.size() - 1; j >= 0; j--) {
                int score = score(a.get(i), b.get(j));
                int paired = score == 0 ? 0 : score + best[i + 1][j + 1];
                best[i][j] = Math.max(paired, Math.max(best[i + 1][j], best[i][j + 1]));
            }
        }
        return best;
    }

    private List<Pair> pairs() {
        int[][] best = best();
        List<Pair> pairs = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < a.size() || j < b.size()) {
            boolean both = i < a.size() && j < b.size();
            int score = both ? score(a.get(i), b.get(j)) : 0;
            if (score > 0 && best[i][j] == score + best[i + 1][j + 1]) {
                pairs.add(new Pair(a.get(i++), b.get(j++)));
            } else if (j == b.size() || (i < a.size() && best[i][j] == best[i + 1][j])) {
                pairs.add(new Pair(a.get(i++), null));
            } else {
                pairs.add(new Pair(null, b.get(j++)));
            }
        }
        return pairs;
    }
}
