package org.cnnzoo.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The parameters of a sweep, those that others depend on first. */
public record Space(List<Parameter> parameters) {
    public Space {
        parameters = List.copyOf(parameters);
    }

    /** The parameter of that path. */
    public Optional<Parameter> find(String path) {
        return parameters.stream().filter(p -> p.path().equals(path)).findFirst();
    }

    /** A point from a place in 0..1 for each parameter that is there. */
    public Point at(ToDoubleFunction<Parameter> places) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            // Asked for an absent parameter too, so that the others' places don't depend on it
            double place = places.applyAsDouble(parameter);
            if (parameter.active(values)) {
                values.put(parameter.path(), parameter.domain().at(place));
            }
        }
        return new Point(values);
    }

    /** The places of a point's values; a value that is outside its domain now has none. */
    public Map<String, Double> places(Point point) {
        Map<String, Double> places = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            Object value = point.values().get(parameter.path());
            if (value != null) {
                parameter
                        .domain()
                        .place(value)
                        .ifPresent(place -> places.put(parameter.path(), place));
            }
        }
        return places;
    }

    /**
     * Points that together have every value of each choice, and the ends of each range, under a
     * condition that lets them be there: what can be tried before the first trial.
     */
    public List<Sample> samples() {
        List<Sample> samples = new ArrayList<>();
        for (Parameter parameter : parameters) {
            List<Object> values =
                    parameter.domain() instanceof Domain.Choice choice
                            ? choice.values()
                            : List.of(parameter.domain().at(0), parameter.domain().at(1));
            for (Object value : values) {
                samples.add(new Sample(parameter, with(parameter, value)));
            }
        }
        return samples;
    }

    /**
     * A point that shows one value of one parameter.
     *
     * @param parameter whose value it is
     */
    public record Sample(Parameter parameter, Point point) {}

    private Point with(Parameter shown, Object value) {
        Map<String, Object> wanted = new LinkedHashMap<>();
        require(shown, wanted);
        wanted.put(shown.path(), value);
        Map<String, Object> values = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            if (parameter.active(values)) {
                Object byDefault = parameter.domain().at(0);
                values.put(parameter.path(), wanted.getOrDefault(parameter.path(), byDefault));
            }
        }
        return new Point(values);
    }

    private void require(Parameter shown, Map<String, Object> wanted) {
        for (Condition condition : shown.when()) {
            wanted.put(condition.path(), condition.values().get(0));
            find(condition.path()).ifPresent(above -> require(above, wanted));
        }
    }
}
