package org.cnnzoo.sweep;

import java.util.List;
import java.util.Optional;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.recipe.Recipe;
import org.cnnzoo.spec.Where;

/**
 * A sweep's file, read.
 *
 * @param name the file's, without its ending
 * @param text the file's
 * @param recipe of the trials, as after {@code --recipe}
 * @param base settings of every trial, above the model's own recipe
 * @param baseText the same in one line, to compare
 * @param baseWhere where the file has it
 * @param space what varies
 * @param strategy who proposes
 * @param pruning who goes on
 * @param objective who is best
 * @param budget when it ends
 * @param seed of the proposals; the trials' own is the setting {@code seed}
 */
public record Definition(
        String name,
        String text,
        Optional<String> recipe,
        Recipe base,
        String baseText,
        Where baseWhere,
        Space space,
        Strategy strategy,
        Optional<Pruning> pruning,
        Objective objective,
        Budget budget,
        long seed) {
    /** The number of trials of a sweep that its trials don't end. */
    private static final int NO_END = Integer.MAX_VALUE / 2;

    /** The same with another budget. */
    public Definition with(Budget other) {
        return new Definition(
                name, text, recipe, base, baseText, baseWhere, space, strategy, pruning, objective,
                other, seed);
    }

    /** The same under another name. */
    public Definition named(String other) {
        return new Definition(
                other, text, recipe, base, baseText, baseWhere, space, strategy, pruning, objective,
                budget, seed);
    }

    /** {@code tpe with asha}. */
    public String method() {
        return strategy.name() + pruning.map(p -> " with " + p.name()).orElse("");
    }

    /**
     * How many trials there are at most: the budget's, all of a grid, or no end of them.
     *
     * @param before trials that the sweep has already
     */
    public int trials(int before) {
        if (budget.trials().isPresent()) {
            return budget.trials().getAsInt();
        }
        return isOpen()
                ? NO_END
                : before + (int) Math.min(NO_END - before, Grid.points(space).count());
    }

    /** Whether epochs or time alone end it. */
    public boolean isOpen() {
        return budget.trials().orElse(NO_END) == NO_END && !(strategy instanceof Grid);
    }

    /**
     * Refuses a sweep without an end, or one whose method must know how many trials there are.
     *
     * @throws BadInput if the budget lacks that
     */
    public void requireBudget() {
        boolean latin = strategy instanceof LatinHypercube; // it has a slice for each
        boolean ends = budget.epochs().isPresent() || budget.seconds().isPresent();
        if (isOpen() && (latin || !ends)) {
            throw new BadInput(
                    "%s: a sweep by %s needs 'budget: {trials: N}' or --trials N%s"
                            .formatted(
                                    name,
                                    strategy.name(),
                                    latin ? "" : ", or epochs, or time such as 30m"));
        }
        if (isOpen() && pruning.filter(p -> !p.asynchronous()).isPresent()) {
            throw new BadInput(
                    name
                            + ": a sweep by halving needs 'budget: {trials: N}' or --trials N: it"
                            + " decides when all of them have stopped");
        }
    }

    /**
     * Whether the trials of another file can be compared with this one's.
     *
     * @return what differs, or an empty text
     */
    public String conflict(Definition other) {
        if (!baseText.equals(other.baseText)) {
            return "'base' can't change in a sweep that goes on: its trials could not be compared";
        }
        if (!objective.equals(other.objective)) {
            return "'metric' can't change in a sweep that goes on: its trials were chosen by "
                    + other.objective;
        }
        return "";
    }

    /** Whether proposals go on where those of another file ended. */
    public boolean continues(Definition other) {
        return seed == other.seed
                && strategy.equals(other.strategy)
                && !(strategy instanceof LatinHypercube) // its slices are as many as its trials
                && shape(space).equals(shape(other.space));
    }

    private static List<Object> shape(Space space) {
        return space.parameters().stream()
                .<Object>map(p -> List.of(p.path(), p.domain(), p.when()))
                .toList();
    }
}
