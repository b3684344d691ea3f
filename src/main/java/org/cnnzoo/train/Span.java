package org.cnnzoo.train;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.cnnzoo.build.Parameter;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.errors.Nearest;

/**
 * Neighbouring elements of the flat vector that are treated alike; what is frozen is in no span.
 *
 * @param offset the first element
 * @param length how many
 * @param trained whether the optimiser changes them; else they are running statistics
 * @param decay their weight decay
 */
record Span(long offset, long length, boolean trained, double decay) {

    /**
     * The spans of a network, as long as they can be.
     *
     * @param freeze globs of parameter names: {@code *} is anything, {@code ?} any letter
     * @throws BadInput if a glob fits no parameter
     */
    static List<Span> of(List<Parameter> parameters, WeightDecay decay, List<String> freeze) {
        List<Pattern> frozen = freeze.stream().map(glob -> pattern(glob, parameters)).toList();
        List<Span> spans = new ArrayList<>();
        for (Parameter parameter : parameters) {
            if (frozen.stream().anyMatch(p -> p.matcher(parameter.name()).matches())) {
                continue;
            }
            Span next =
                    new Span(
                            parameter.offset(),
                            parameter.length(),
                            parameter.role().trainable(),
                            decay(parameter.role(), decay));
            Span before = spans.isEmpty() ? null : spans.get(spans.size() - 1);
            if (before != null && before.continuesIn(next)) {
                spans.set(spans.size() - 1, before.with(next));
            } else {
                spans.add(next);
            }
        }
        return spans;
    }

    private boolean continuesIn(Span next) {
        return offset + length == next.offset && trained == next.trained && decay == next.decay;
    }

    private Span with(Span next) {
        return new Span(offset, length + next.length, trained, decay);
    }

    private static double decay(Parameter.Role role, WeightDecay decay) {
        return switch (role) {
            case WEIGHT -> decay.weights();
            case BIAS -> decay.biases();
            case NORM -> decay.norms();
            case RUNNING -> 0;
        };
    }

    private static Pattern pattern(String glob, List<Parameter> parameters) {
        Pattern pattern =
                Pattern.compile(
                        glob.chars()
                                .mapToObj(
                                        c ->
                                                c == '*'
                                                        ? ".*"
                                                        : c == '?'
                                                                ? "."
                                                                : Pattern.quote(
                                                                        Character.toString(c)))
                                .collect(Collectors.joining()));
        List<String> names = parameters.stream().map(Parameter::name).toList();
        if (names.stream().noneMatch(name -> pattern.matcher(name).matches())) {
            throw new BadInput(
                    "freeze: no parameter's name fits '%s'%s"
                            .formatted(glob, Nearest.hint(glob, names)));
        }
        return pattern;
    }
}
