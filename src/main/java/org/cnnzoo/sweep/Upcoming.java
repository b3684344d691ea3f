package org.cnnzoo.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The trials that are known before the next one is trained: all of them, but for strategies that
 * learn from results, and budgets that don't say how many there are.
 */
public final class Upcoming {
    /** Of a sweep whose budget leaves the number open, so many are looked at. */
    private static final int OF_OPEN_BUDGET = 20;

    private Upcoming() {}

    /** A trial to come. */
    public record Proposal(int id, Point point) {}

    /**
     * The next ones, in order.
     *
     * @param plans for what earlier trials had by default of what varies now
     * @param state of a sweep that goes on, or an empty one
     * @param first the number of the first trial that this definition proposes
     * @param most no more than so many
     */
    public static List<Proposal> of(
            Definition sweep, TrialPlans plans, SweepState state, int first, int most) {
        int trials = sweep.trials(first - 1);
        int enough = sweep.isOpen() ? Math.min(most, OF_OPEN_BUDGET) : most;
        List<Proposal> proposals = new ArrayList<>();
        List<Seen> history = new ArrayList<>(state.history(sweep.objective(), plans::completed));
        for (int id = state.nextId(); id <= trials && proposals.size() < enough; id++) {
            if (sweep.strategy() instanceof Tpe tpe && id > tpe.startup()) {
                break;
            }
            Draw draw = new Draw(sweep.seed(), id, id - first, trials - first + 1, 0);
            Optional<Point> point = sweep.strategy().next(sweep.space(), draw, history);
            if (point.isEmpty()) {
                break;
            }
            proposals.add(new Proposal(id, point.get()));
            history.add(new Seen(point.get(), OptionalDouble.empty(), 0, false));
        }
        return proposals;
    }
}
