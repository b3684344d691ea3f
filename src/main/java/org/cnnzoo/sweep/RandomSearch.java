package org.cnnzoo.sweep;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Each value by chance (Bergstra and Bengio, JMLR 13, 2012). */
public record RandomSearch() implements Strategy {
    @Override
    public String name() {
        return "random";
    }

    @Override
    public Optional<Point> propose(Space space, Draw draw, List<Seen> history) {
        SplittableRandom random = draw.random();
        return Optional.of(space.at(parameter -> random.nextDouble()));
    }
}
