package org.cnnzoo.sweep;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.commons.math3.random.SobolSequenceGenerator;

/**
 * Sobol's sequence, which fills the space more evenly than chance, with the directions of Joe and
 * Kuo (SIAM J. Sci. Comput. 30, 2008), shifted by the seed (Cranley and Patterson 1976): other
 * seeds give other points, as evenly spread.
 */
public record Sobol() implements Strategy {
    @Override
    public String name() {
        return "sobol";
    }

    @Override
    public Optional<Point> propose(Space space, Draw draw, List<Seen> history) {
        int dimensions = space.parameters().size();
        double[] point =
                new SobolSequenceGenerator(dimensions).skipTo(draw.index() + draw.attempt());
        SplittableRandom shift = Draw.random(draw.seed());
        Map<String, Double> places = new LinkedHashMap<>();
        for (int i = 0; i < dimensions; i++) {
            places.put(space.parameters().get(i).path(), (point[i] + shift.nextDouble()) % 1);
        }
        return Optional.of(space.at(parameter -> places.getOrDefault(parameter.path(), 0.5)));
    }
}
