package org.cnnzoo.weights;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.cnnzoo.build.Model;
import org.cnnzoo.build.Parameter;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.network.Dense;
import org.cnnzoo.network.Network;
import org.cnnzoo.weights.Convention.Named;
import org.cnnzoo.weights.tensors.TensorFile;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Another library's weights for one of our networks: which tensor goes where, found out before any
 * is read.
 *
 * @param convention whose names the file has
 * @param matched arrays of the network that the file has
 * @param fresh arrays of the classifiers that start anew, since the file has other classes
 */
public record WeightImport(Convention convention, List<Named> matched, List<Named> fresh) {
    private static final int MOST_LISTED = 20;

    /** Counts steps in PyTorch's batch normalisation; nothing is computed from it. */
    private static final String COUNTER = "num_batches_tracked";

    public WeightImport {
        matched = List.copyOf(matched);
        fresh = List.copyOf(fresh);
    }

    /** The convention of the mapping that knows the most names of the file. */
    public static Convention recognize(Mapping mapping, Network network, TensorFile file) {
        Set<String> names = new HashSet<>(file.names());
        return mapping.conventions().stream()
                .max(Comparator.comparingLong(convention -> known(convention, network, names)))
                .orElseThrow();
    }

    private static long known(Convention convention, Network network, Set<String> names) {
        return convention.names(network).stream()
                .filter(named -> names.contains(named.theirs()))
                .count();
    }

    /**
     * Matches a file's tensors with a network's arrays.
     *
     * @param newHead whether classifiers of another size than the file's start anew
     * @throws BadInput with every tensor that is missing, left over or of another shape
     */
    public static WeightImport match(
            Convention convention, Network network, TensorFile file, boolean newHead) {
        Set<String> left = new LinkedHashSet<>(file.names());
        left.removeIf(name -> name.equals(COUNTER) || name.endsWith("." + COUNTER));
        Set<String> classifiers = network.classifiers();
        List<String> problems = new ArrayList<>();
        List<Named> matched = new ArrayList<>();
        List<Named> fresh = new ArrayList<>();
        boolean otherHead = false;
        for (Named named : convention.names(network)) {
            boolean classifier = classifiers.contains(named.layer().name());
            if (!left.remove(named.theirs())) {
                problems.add("missing: " + described(named));
            } else if (fits(named, file.shape(named.theirs()))) {
                matched.add(named);
            } else if (classifier && newHead) {
                fresh.add(named);
            } else {
                otherHead |= classifier;
                problems.add(
                        "shape: %s is %s in the file, %s here"
                                .formatted(
                                        named.theirs(),
                                        file.shape(named.theirs()),
                                        named.weight().shape()));
            }
        }
        left.forEach(name -> problems.add("left over: " + name + " " + file.shape(name)));
        if (!problems.isEmpty()) {
            throw new BadInput(
                    "the weights don't fit %s by %s's names; nothing was written%n  %s%s"
                            .formatted(
                                    network.name(),
                                    convention.name(),
                                    some(problems),
                                    otherHead
                                            ? System.lineSeparator()
                                                    + "--classes N keeps the rest and starts a"
                                                    + " new classifier of N classes"
                                            : ""));
        }
        return new WeightImport(convention, matched, fresh);
    }

    /** The first of them, a line each, and how many there are more. */
    public static String some(List<String> problems) {
        String line = System.lineSeparator() + "  ";
        int more = problems.size() - MOST_LISTED;
        return String.join(line, problems.subList(0, Math.min(MOST_LISTED, problems.size())))
                + (more > 0 ? line + "and %,d more".formatted(more) : "");
    }

    private static String described(Named named) {
        return named.theirs().equals(named.ours())
                ? named.ours() + " " + named.weight().shape()
                : "%s %s, for %s".formatted(named.theirs(), named.weight().shape(), named.ours());
    }

    /** A dense layer may come as a convolution whose window is the whole map, or 1x1. */
    private static boolean fits(Named named, List<Long> shape) {
        List<Long> own = named.weight().shape();
        if (own.equals(shape)) {
            return true;
        }
        return named.layer().operation() instanceof Dense
                && own.size() == 2
                && shape.size() == 4
                && own.get(0).equals(shape.get(0))
                && own.get(1) == shape.get(1) * shape.get(2) * shape.get(3);
    }

    /** Reads the matched tensors into a model of the network. */
    public void into(Model model, TensorFile file) {
        for (Named named : matched) {
            Parameter place = model.parameter(named.ours());
            place.in(model.values()).assign(Nd4j.createFromArray(file.values(named.theirs())));
        }
    }
}
