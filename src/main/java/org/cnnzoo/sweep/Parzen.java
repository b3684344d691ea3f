package org.cnnzoo.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.jspecify.annotations.Nullable;

/**
 * A density over a space: the mean of one kernel for each trial and of a flat one. A kernel is a
 * product over the parameters, in 0..1: a normal cut off at the ends for a range, one value with
 * most of the weight for a choice, flat for a parameter that the trial didn't have.
 */
final class Parzen {
    /** Optuna's: the width for one trial and no dimensions, shrunk by Scott's rule. */
    private static final double WIDTH = 0.2;

    private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

    private final Space space;
    private final List<Map<String, Double>> centres;
    private final double width;

    private Parzen(Space space, List<Map<String, Double>> centres) {
        this.space = space;
        this.centres = centres;
        int count = Math.max(1, centres.size());
        double scott = WIDTH * Math.pow(count, -1.0 / (space.parameters().size() + 4));
        this.width = Math.max(scott, 1.0 / Math.min(100, 1 + count * 5));
    }

    static Parzen of(Space space, List<Seen> trials) {
        List<Map<String, Double>> centres = new ArrayList<>();
        trials.forEach(trial -> centres.add(space.places(trial.point())));
        return new Parzen(space, centres);
    }

    Point sample(SplittableRandom random) {
        int kernel = random.nextInt(centres.size() + 1);
        Map<String, Double> centre = kernel < centres.size() ? centres.get(kernel) : Map.of();
        return space.at(parameter -> sample(parameter, centre.get(parameter.path()), random));
    }

    private double sample(Parameter parameter, @Nullable Double centre, SplittableRandom random) {
        double u = random.nextDouble();
        double v = random.nextDouble();
        if (centre == null) {
            return u;
        }
        if (parameter.domain() instanceof Domain.Choice choice) {
            return u < own(choice) - other(choice) ? centre : v;
        }
        double from = NORMAL.cumulativeProbability(-centre / width);
        double to = NORMAL.cumulativeProbability((1 - centre) / width);
        double x = centre + width * NORMAL.inverseCumulativeProbability(from + u * (to - from));
        return Math.max(0, Math.min(1, x));
    }

    /** Of the parameters that are there; in 0..1, not in their own units. */
    double logDensity(Point point) {
        Map<String, Double> places = space.places(point);
        double[] logs = new double[centres.size() + 1]; // the last one is flat: 0
        double greatest = 0;
        for (int i = 0; i < centres.size(); i++) {
            for (Parameter parameter : space.parameters()) {
                Double place = places.get(parameter.path());
                Double centre = centres.get(i).get(parameter.path());
                if (place != null && centre != null) {
                    logs[i] += logKernel(parameter, centre, place);
                }
            }
            greatest = Math.max(greatest, logs[i]);
        }
        double sum = 0;
        for (double log : logs) {
            sum += Math.exp(log - greatest);
        }
        return greatest + Math.log(sum / logs.length);
    }

    private double logKernel(Parameter parameter, double centre, double place) {
        if (parameter.domain() instanceof Domain.Choice choice) {
            boolean same = Math.abs(centre - place) < 1e-9;
            return Math.log((same ? own(choice) : other(choice)) * choice.size());
        }
        double mass =
                NORMAL.cumulativeProbability((1 - centre) / width)
                        - NORMAL.cumulativeProbability(-centre / width);
        double z = (place - centre) / width;
        return -z * z / 2 - Math.log(width * Math.sqrt(2 * Math.PI)) - Math.log(mass);
    }

    /** The weight of the trial's own value: one, beside one that all values share, see Optuna. */
    private double own(Domain.Choice choice) {
        return 1 - other(choice) * (choice.size() - 1);
    }

    private double other(Domain.Choice choice) {
        double prior = 1.0 / (centres.size() + 1);
        return prior / (1 + prior * choice.size());
    }
}
