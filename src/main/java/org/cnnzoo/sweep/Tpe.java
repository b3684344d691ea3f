package org.cnnzoo.sweep;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * The tree-structured Parzen estimator (Bergstra et al., NeurIPS 2011), with one kernel over all
 * parameters in place of one for each (Falkner et al., BOHB, ICML 2018): after some trials by
 * chance, the trials are split into the better few and the others, and of several points drawn from
 * a density of the better ones the one is proposed whose density there is highest in proportion to
 * the others' density.
 *
 * @param startup trials by chance before
 * @param candidates points drawn for each proposal
 */
public record Tpe(int startup, int candidates) implements Strategy {
    /** As in Optuna: few trials by chance are enough, and 24 candidates. */
    public static final Tpe DEFAULT = new Tpe(10, 24);

    private static final double BETTER_SHARE = 0.15;
    private static final int MOST_BETTER = 25;

    @Override
    public String name() {
        return "tpe";
    }

    @Override
    public boolean learns() {
        return true;
    }

    @Override
    public Optional<Point> propose(Space space, Draw draw, List<Seen> history) {
        List<Seen> known =
                new ArrayList<>(history.stream().filter(s -> s.loss().isPresent()).toList());
        if (known.size() < startup) {
            return new RandomSearch().propose(space, draw, history);
        }
        // Whole ones by their loss, however long they are; of the others, those that were let
        // train longer are better than any that were stopped before
        known.sort(
                Comparator.comparing((Seen s) -> !s.whole())
                        .thenComparingInt(s -> s.whole() ? 0 : -s.epochs())
                        .thenComparingDouble(s -> s.loss().orElseThrow()));
        int better = (int) Math.min(MOST_BETTER, Math.ceil(BETTER_SHARE * known.size()));
        List<Seen> others = new ArrayList<>(known.subList(better, known.size()));
        // Failed trials, and those still running, so that the next one goes elsewhere
        history.stream().filter(s -> s.loss().isEmpty()).forEach(others::add);
        Parzen good = Parzen.of(space, known.subList(0, better));
        Parzen bad = Parzen.of(space, others);
        SplittableRandom random = draw.random();
        // In a small space the best of those tried would be the best candidate for ever
        Set<Point> tried = history.stream().map(Seen::point).collect(Collectors.toSet());
        Optional<Point> best = Optional.empty();
        double bestScore = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < candidates; i++) {
            Point point = good.sample(random);
            double score = good.logDensity(point) - bad.logDensity(point);
            if (!tried.contains(point) && (best.isEmpty() || score > bestScore)) {
                best = Optional.of(point);
                bestScore = score;
            }
        }
        return best.or(() -> new RandomSearch().propose(space, draw, history));
    }
}
