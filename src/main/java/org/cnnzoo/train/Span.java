package org.cnnzoo.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.cnnzoo.build.Parameter;
import org.cnnzoo.errors.BadInput;

/**
 * Neighbouring elements of the flat vector that are treated alike; what is frozen is in no span.
 *
 * @param offset the first element
 * @param length how many
 * @param trained whether the optimiser changes them; else they are running statistics
 * @param decay their weight decay
 * @param rate factor of the learning rate
 */
record Span(long offset, long length, boolean trained, double decay, double rate) {

    /**
     * The spans of a network, as long as they can be.
     *
     * @param freeze globs of parameter names: {@code *} is anything, {@code ?} any letter
     * @param rates factors of the learning rate by glob; of several that fit, the last one counts
     * @throws BadInput if a glob fits no parameter
     */
    static List<Span> of(
            List<Parameter> parameters,
            WeightDecay decay,
            List<String> freeze,
            Map<String, Double> rates) {
        List<String> names = parameters.stream().map(Parameter::name).toList();
        List<Pattern> frozen =
                freeze.stream().map(glob -> ParameterGlob.of("--freeze", glob, names)).toList();
        Map<Pattern, Double> factors = new LinkedHashMap<>();
        rates.forEach(
                (glob, factor) -> factors.put(ParameterGlob.of("--lr-mult", glob, names), factor));
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
                            decay(parameter, decay),
                            rate(parameter.name(), factors));
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
        return offset + length == next.offset
                && trained == next.trained
                && decay == next.decay
                && rate == next.rate;
    }

    private Span with(Span next) {
        return new Span(offset, length + next.length, trained, decay, rate);
    }

    private static double decay(Parameter parameter, WeightDecay decay) {
        return switch (parameter.role()) {
            case WEIGHT -> decay.weights();
            case BIAS -> decay.biases();
            case NORM -> parameter.name().endsWith(".bias") ? decay.shifts() : decay.norms();
            case RUNNING -> 0;
        };
    }

    private static double rate(String name, Map<Pattern, Double> factors) {
        double rate = 1;
        for (Map.Entry<Pattern, Double> factor : factors.entrySet()) {
            if (factor.getKey().matcher(name).matches()) {
                rate = factor.getValue();
            }
        }
        return rate;
    }
}
