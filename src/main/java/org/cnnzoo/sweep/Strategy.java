package org.cnnzoo.sweep;

import java.util.List;
import java.util.Optional;

/** Who proposes the next trial. Pure: the same arguments give the same proposal. */
public sealed interface Strategy permits Grid, RandomSearch, Sobol, LatinHypercube, Tpe {
    /** More would mean that the space is used up. */
    int MOST_ATTEMPTS = 1000;

    /** Its name in a sweep's file. */
    String name();

    /**
     * A point, perhaps one that was proposed before.
     *
     * @param history every trial so far, in the order of the journal
     * @return nothing if there is none left
     */
    Optional<Point> propose(Space space, Draw draw, List<Seen> history);

    /** Whether a proposal depends on what earlier trials came to. */
    default boolean learns() {
        return false;
    }

    /**
     * A point that no trial had.
     *
     * @return nothing if there is none left, or none was found in {@value #MOST_ATTEMPTS} attempts
     */
    default Optional<Point> next(Space space, Draw draw, List<Seen> history) {
        List<Point> before = history.stream().map(Seen::point).toList();
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            Draw again = new Draw(draw.seed(), draw.id(), draw.index(), draw.total(), attempt);
            Optional<Point> point = propose(space, again, history);
            if (point.isEmpty() || !before.contains(point.get())) {
                return point;
            }
        }
        return Optional.empty();
    }
}
