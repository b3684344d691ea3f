package org.cnnzoo.sweep;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be done next, from the state alone. What a killed process left unfinished comes first,
 * then what another file's pruning left between rungs, then promotions, then new trials.
 */
final class Planner {
    private final Definition sweep;
    private final Trials trials;

    /** What is known of trials by their values. */
    interface Trials {
        /** How many epochs a trial has in all. */
        int epochs(Point point);

        /** With the values that an earlier trial had by default of what varies now. */
        default Point completed(Point point) {
            return point;
        }
    }

    Planner(Definition sweep, Trials trials) {
        this.sweep = sweep;
        this.trials = trials;
    }

    /** A step: a new trial to write down, or a trial to work on. */
    sealed interface Step {}

    /** A trial to write down; the next step is to work on it. */
    record Propose(int id, Point point) implements Step {}

    /** Work. */
    record Work(Job job) implements Step {}

    /**
     * The next step.
     *
     * @param active trials that are being worked on
     * @return nothing if there is none now; there may be once an active trial has ended
     */
    Optional<Step> next(SweepState state, Set<Integer> active) {
        for (Trial trial : state.trials()) {
            boolean left =
                    trial.status() == Trial.Status.RUNNING
                            || trial.status() == Trial.Status.PENDING;
            if (left && !active.contains(trial.id())) {
                int to = trial.toEpoch().orElseGet(() -> firstStop(trial.point()));
                return Optional.of(work(trial, to));
            }
        }
        Optional<Step> between = betweenRungs(state);
        if (between.isPresent()) {
            return between;
        }
        boolean asynchronous = sweep.pruning().map(Pruning::asynchronous).orElse(false);
        if (asynchronous) {
            Optional<Step> promotion = promotion(state, active);
            if (promotion.isPresent()) {
                return promotion;
            }
        }
        Optional<Step> proposal = proposal(state);
        if (proposal.isPresent()) {
            return proposal;
        }
        Optional<Step> promotion = promotion(state, active);
        return promotion.isEmpty() && active.isEmpty() ? furthest(state) : promotion;
    }

    private Optional<Step> proposal(SweepState state) {
        int id = state.nextId();
        int last = sweep.trials(state.first() - 1);
        if (id > last) {
            return Optional.empty();
        }
        Draw draw = new Draw(sweep.seed(), id, id - state.first(), last - state.first() + 1, 0);
        return sweep.strategy()
                .next(sweep.space(), draw, state.history(sweep.objective(), trials::completed))
                .filter(point -> sweep.budget().allows(state.epochs(), firstStop(point)))
                .map(point -> new Propose(id, point));
    }

    private int firstStop(Point point) {
        int all = trials.epochs(point);
        return sweep.pruning().flatMap(p -> p.rungs(all).stream().findFirst()).orElse(all);
    }

    /**
     * A trial that stopped where the file, as it is now, has no rung: pruning was taken out of it
     * or is another. It goes on to where it can be compared, or to its end.
     */
    private Optional<Step> betweenRungs(SweepState state) {
        List<Trial> paused =
                state.trials().stream().filter(t -> t.status() == Trial.Status.PAUSED).toList();
        if (paused.isEmpty()) {
            return Optional.empty();
        }
        int all = longest(state);
        List<Integer> rungs = sweep.pruning().map(p -> p.rungs(all)).orElse(List.of());
        return paused.stream()
                .filter(t -> !rungs.contains(t.epochs()))
                .flatMap(
                        t -> {
                            int own = trials.epochs(t.point());
                            int to = Math.min(own, next(rungs, t.epochs(), own));
                            return goOn(state, t, to).stream();
                        })
                .findFirst();
    }

    /** A trial that goes on. */
    private Optional<Step> promotion(SweepState state, Set<Integer> active) {
        if (sweep.pruning().isEmpty()) {
            return Optional.empty();
        }
        Pruning pruning = sweep.pruning().get();
        int all = longest(state);
        List<Integer> rungs = pruning.rungs(all);
        List<Integer> order = new ArrayList<>(rungs);
        if (pruning.asynchronous()) {
            Collections.reverse(order); // the furthest first, as in ASHA's get_job
        }
        for (int rung : order) {
            if (!pruning.asynchronous() && isComing(state, active, rung)) {
                return Optional.empty(); // halving waits for everyone
            }
            Optional<Step> step =
                    promoted(state, rung, pruning.eta())
                            .flatMap(t -> goOn(state, t, next(rungs, rung, all)));
            if (step.isPresent()) {
                return step;
            }
        }
        return Optional.empty();
    }

    private static boolean isComing(SweepState state, Set<Integer> active, int rung) {
        return state.trials().stream()
                .anyMatch(t -> active.contains(t.id()) && t.toEpoch().orElse(0) <= rung);
    }

    /** The best of a rung's best {@code 1/eta} that has not gone on. */
    private Optional<Trial> promoted(SweepState state, int rung, int eta) {
        List<Trial> came =
                state.trials().stream()
                        .filter(t -> t.rungs().containsKey(rung))
                        .sorted(byValueAt(rung))
                        .toList();
        return came.stream()
                .limit(came.size() / eta)
                .filter(t -> t.status() == Trial.Status.PAUSED && t.epochs() == rung)
                .findFirst();
    }

    private int longest(SweepState state) {
        return state.trials().stream().mapToInt(t -> trials.epochs(t.point())).max().orElse(0);
    }

    /** Where there is nothing else to do and no trial is whole, the best goes to the end. */
    private Optional<Step> furthest(SweepState state) {
        if (sweep.pruning().isEmpty()
                || state.trials().stream().anyMatch(t -> t.status() == Trial.Status.DONE)) {
            return Optional.empty();
        }
        int all = longest(state);
        List<Integer> rungs = sweep.pruning().get().rungs(all);
        return state.trials().stream()
                .filter(t -> t.status() == Trial.Status.PAUSED)
                .min( // a value that is no number comes last
                        Comparator.comparingInt((Trial t) -> -t.epochs())
                                .thenComparingDouble(
                                        t -> sweep.objective().loss(t.value().orElseThrow())))
                .flatMap(t -> goOn(state, t, next(rungs, t.epochs(), all)));
    }

    private Optional<Step> goOn(SweepState state, Trial trial, int to) {
        return sweep.budget().allows(state.epochs(), to - trial.epochs())
                ? Optional.of(work(trial, to))
                : Optional.empty();
    }

    private Comparator<Trial> byValueAt(int rung) {
        return Comparator.<Trial>comparingDouble(
                        t -> sweep.objective().loss(t.rungs().getOrDefault(rung, Double.NaN)))
                .thenComparingInt(Trial::id);
    }

    private static int next(List<Integer> rungs, int rung, int all) {
        return rungs.stream().filter(r -> r > rung).findFirst().orElse(all);
    }

    private static Step work(Trial trial, int to) {
        return new Work(new Job(trial.id(), trial.point(), to));
    }
}
