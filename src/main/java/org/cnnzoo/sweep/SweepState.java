package org.cnnzoo.sweep;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;

/** What a journal's events come to. */
public final class SweepState {
    private final Map<Integer, Trial> trials = new LinkedHashMap<>();
    private int first = 1;
    private Path directory = Path.of("");
    private double elapsed;

    /** The state after some events. */
    public static SweepState of(List<Event> events) {
        SweepState state = new SweepState();
        events.forEach(state::apply);
        return state;
    }

    void apply(Event event) {
        elapsed = Math.max(elapsed, event.at());
        if (event instanceof Event.Defined defined) {
            first = defined.first();
        } else if (event instanceof Event.Located located) {
            directory = Path.of(located.directory());
        } else if (event instanceof Event.Proposed p) {
            trials.put(p.id(), Trial.proposed(p.id(), new Point(p.parameters())));
        } else if (event instanceof Event.Started s) {
            trials.computeIfPresent(s.id(), (id, trial) -> trial.started(s.toEpoch()));
        } else if (event instanceof Event.EpochDone e) {
            trials.computeIfPresent(e.id(), (id, trial) -> trial.trained(e.epoch()));
        } else if (event instanceof Event.Reached r) {
            trials.computeIfPresent(r.id(), (id, trial) -> trial.reached(r));
        } else if (event instanceof Event.Failed f) {
            trials.computeIfPresent(f.id(), (id, trial) -> trial.failed(f));
        }
    }

    /** In the order in which they were proposed. */
    public List<Trial> trials() {
        return List.copyOf(trials.values());
    }

    /** The trial of that number. */
    public Optional<Trial> find(int id) {
        return Optional.ofNullable(trials.get(id));
    }

    /** The number of the next trial. */
    public int nextId() {
        return trials.size() + 1;
    }

    /** The number of the first trial that the present file proposed or will propose. */
    public int first() {
        return first;
    }

    /** What the file's relative paths are relative to; an empty path for the working directory. */
    public Path directory() {
        return directory;
    }

    /** Seconds of all sessions so far. */
    public double elapsed() {
        return elapsed;
    }

    /** Epochs of all trials, those under way as far as they are to go. */
    public int epochs() {
        return trials.values().stream()
                .mapToInt(
                        t -> t.status() == Trial.Status.RUNNING ? t.toEpoch().orElse(0) : t.spent())
                .sum();
    }

    /**
     * The trials as a strategy sees them.
     *
     * @param completed adds what a trial's point lacks of the present space
     */
    public List<Seen> history(Objective objective, UnaryOperator<Point> completed) {
        List<Seen> history = new ArrayList<>();
        for (Trial trial : trials.values()) {
            OptionalDouble value = trial.value();
            boolean counts = value.isPresent() && trial.status() != Trial.Status.FAILED;
            history.add(
                    new Seen(
                            completed.apply(trial.point()),
                            counts
                                    ? OptionalDouble.of(objective.loss(value.getAsDouble()))
                                    : OptionalDouble.empty(),
                            trial.epochs(),
                            trial.status() == Trial.Status.DONE));
        }
        return history;
    }

    /** Best first: whole trials before others, then by value; those without one last. */
    public List<Trial> ranked(Objective objective) {
        List<Trial> ranked = new ArrayList<>(trials.values());
        ranked.sort(
                Comparator.comparingInt((Trial t) -> rank(t))
                        .thenComparingDouble(t -> value(t, objective))
                        .thenComparingInt(Trial::id));
        return ranked;
    }

    /** The best whole trial, or if there is none the best of the others. */
    public Optional<Trial> best(Objective objective) {
        return ranked(objective).stream()
                .filter(t -> t.value().isPresent() && t.status() != Trial.Status.FAILED)
                .findFirst();
    }

    private static int rank(Trial trial) {
        return switch (trial.status()) {
            case DONE -> 0;
            case FAILED -> 3;
            default -> trial.value().isPresent() ? 1 : 2;
        };
    }

    private static double value(Trial trial, Objective objective) {
        OptionalDouble value = trial.value();
        return value.isPresent() ? objective.loss(value.getAsDouble()) : 0;
    }
}
