package org.cnnzoo.sweep;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * As many slices of each parameter as there are trials, each slice used once (McKay, Beckman,
 * Conover, Technometrics 21, 1979). Trials that are added later are a hypercube of their own. Where
 * a slice has nothing but points that were proposed before, as with few choices, chance decides.
 */
public record LatinHypercube() implements Strategy {
    @Override
    public String name() {
        return "latin-hypercube";
    }

    @Override
    public Optional<Point> propose(Space space, Draw draw, List<Seen> history) {
        if (draw.attempt() > 0) {
            return new RandomSearch().propose(space, draw, history);
        }
        int slices = Math.max(1, draw.total());
        SplittableRandom within = draw.random();
        Map<String, Double> places = new LinkedHashMap<>();
        for (int i = 0; i < space.parameters().size(); i++) {
            int first = draw.id() - draw.index();
            int[] order = shuffled(slices, Draw.random(draw.seed(), first, i));
            double place = (order[draw.index() % slices] + within.nextDouble()) / slices;
            places.put(space.parameters().get(i).path(), place);
        }
        return Optional.of(space.at(parameter -> places.getOrDefault(parameter.path(), 0.5)));
    }

    private static int[] shuffled(int count, SplittableRandom random) {
        int[] order = IntStream.range(0, count).toArray();
        for (int i = count - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return order;
    }
}
