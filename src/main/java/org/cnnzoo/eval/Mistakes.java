package org.cnnzoo.eval;

import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Of a network's wrong answers those that it was surest of, collected during an evaluation. */
public final class Mistakes implements LabelledAnswer.Listener {
    private static final Comparator<LabelledAnswer> BY_CONFIDENCE =
            Comparator.comparingDouble(LabelledAnswer::confidence);

    private final int most;
    private final PriorityQueue<LabelledAnswer> kept = new PriorityQueue<>(BY_CONFIDENCE);

    /** Keeps two dozen. */
    public Mistakes() {
        this(24);
    }

    /**
     * @param most how many are kept
     */
    public Mistakes(int most) {
        this.most = most;
    }

    @Override
    public void answered(LabelledAnswer answer) {
        if (answer.right() || Double.isNaN(answer.confidence())) {
            return;
        }
        kept.add(answer);
        if (kept.size() > most) {
            kept.remove();
        }
    }

    /** The wrong answers, the surest first; of equally sure ones in the order of their names. */
    public List<LabelledAnswer> surest() {
        return kept.stream()
                .sorted(BY_CONFIDENCE.reversed().thenComparing(LabelledAnswer::name))
                .toList();
    }
}
