package org.cnnzoo.sweep;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How much of the trials' differences a parameter explains by itself: the correlation ratio,
 * corrected for chance (epsilon squared, Kelley, PNAS 21, 1935). A range is cut into as many slices
 * of equal count as leave four trials or more in each, five at most. What parameters do only
 * together is not in it.
 */
public final class Importance {
    private static final int MOST_SLICES = 5;
    private static final int TRIALS_IN_SLICE = 4;
    private static final int LEAST_TRIALS = 6;

    private Importance() {}

    /**
     * A share for each parameter, 0..1; nothing where there are fewer than {@value #LEAST_TRIALS}
     * trials with a value, or all have the same.
     */
    public static Map<String, Double> of(Space space, List<Trial> trials) {
        // With pruning, the first stop: all trials were trained equally long there
        List<Trial> known = trials.stream().filter(t -> !t.rungs().isEmpty()).toList();
        Map<String, Double> shares = new LinkedHashMap<>();
        if (known.size() < LEAST_TRIALS || total(known) == 0) {
            return shares;
        }
        for (Parameter parameter : space.parameters()) {
            shares.put(parameter.path(), share(groups(space, parameter, known), total(known)));
        }
        return shares;
    }

    private static double value(Trial trial) {
        return trial.rungs().get(trial.rungs().firstKey());
    }

    private static double share(List<List<Trial>> groups, double total) {
        double within = groups.stream().mapToDouble(Importance::total).sum();
        int count = groups.stream().mapToInt(List::size).sum();
        int free = count - groups.size();
        if (free < 1) {
            return 0; // each value once: nothing can be said
        }
        double chance = within / free * (groups.size() - 1);
        return Math.max(0, (total - within - chance) / total);
    }

    /** The sum of squared differences from the mean. */
    private static double total(List<Trial> trials) {
        double mean = trials.stream().mapToDouble(Importance::value).average().orElse(0);
        return trials.stream().mapToDouble(t -> Math.pow(value(t) - mean, 2)).sum();
    }

    private static List<List<Trial>> groups(Space space, Parameter parameter, List<Trial> trials) {
        Map<String, List<Trial>> groups = new TreeMap<>();
        List<Trial> ranged = new ArrayList<>();
        for (Trial trial : trials) {
            Double place = space.places(trial.point()).get(parameter.path());
            if (place != null && !(parameter.domain() instanceof Domain.Choice)) {
                ranged.add(trial);
            } else {
                Object value = trial.point().values().get(parameter.path());
                groups.computeIfAbsent(String.valueOf(value), v -> new ArrayList<>()).add(trial);
            }
        }
        ranged.sort(Comparator.comparing(t -> space.places(t.point()).get(parameter.path())));
        int slices = Math.max(1, Math.min(MOST_SLICES, ranged.size() / TRIALS_IN_SLICE));
        List<List<Trial>> all = new ArrayList<>(groups.values());
        for (int i = 0; i < slices && !ranged.isEmpty(); i++) {
            all.add(ranged.subList(i * ranged.size() / slices, (i + 1) * ranged.size() / slices));
        }
        return all;
    }
}
