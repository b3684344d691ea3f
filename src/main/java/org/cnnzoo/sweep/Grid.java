package org.cnnzoo.sweep;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Every combination, the last parameter of the file changing fastest. */
public record Grid() implements Strategy {
    @Override
    public String name() {
        return "grid";
    }

    @Override
    public Optional<Point> propose(Space space, Draw draw, List<Seen> history) {
        List<Point> before = history.stream().map(Seen::point).toList();
        return points(space).filter(point -> !before.contains(point)).findFirst();
    }

    /** All of them, in order. */
    static Stream<Point> points(Space space) {
        Stream<Map<String, Object>> points = Stream.of(Map.of());
        for (Parameter parameter : space.parameters()) {
            points = points.flatMap(above -> with(above, parameter));
        }
        return points.map(Point::new);
    }

    private static Stream<Map<String, Object>> with(
            Map<String, Object> above, Parameter parameter) {
        if (!parameter.active(above)) {
            return Stream.of(above);
        }
        return parameter.domain().grid().stream()
                .map(
                        value -> {
                            Map<String, Object> values = new LinkedHashMap<>(above);
                            values.put(parameter.path(), value);
                            return values;
                        });
    }
}
