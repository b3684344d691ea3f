package org.cnnzoo.session;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.cnnzoo.build.Backend;
import org.cnnzoo.build.EngineKind;
import org.cnnzoo.build.Model;
import org.cnnzoo.build.Parameter;
import org.cnnzoo.data.Normalization;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.eval.TrainedModel;
import org.cnnzoo.network.BatchNorm;
import org.cnnzoo.network.Network;
import org.cnnzoo.network.NetworkDifference;
import org.cnnzoo.network.Node;
import org.cnnzoo.network.Shape;
import org.cnnzoo.network.Weight;
import org.cnnzoo.recipe.Home;
import org.cnnzoo.recipe.Range;
import org.cnnzoo.recipe.Settings;
import org.cnnzoo.recipe.TrainingPlan;
import org.cnnzoo.run.Checkpoint;
import org.cnnzoo.run.CheckpointFile;
import org.cnnzoo.run.RunFiles;
import org.cnnzoo.spec.Zoo;
import org.cnnzoo.weights.Convention;
import org.cnnzoo.weights.ImagePreparation;
import org.cnnzoo.weights.Mapping;
import org.cnnzoo.weights.WeightImport;
import org.cnnzoo.weights.tensors.TensorFile;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What {@code --weights} names: weights that a training starts from, in place of random ones.
 *
 * @param normalization that the weights were trained with, which training goes on with
 * @param into gives a model the weights and says what it did
 */
public record StartingWeights(Optional<Normalization> normalization, Function<Model, String> into) {

    /**
     * Those that a plan asks for, if it does.
     *
     * @throws BadInput as {@link #of(Path, TrainingPlan, Zoo)}
     */
    public static Optional<StartingWeights> of(TrainingPlan plan) {
        return plan.configuration()
                .find(Settings.WEIGHTS)
                .map(file -> of(Path.of(file), plan, Home.zoo()));
    }

    /**
     * Those of a run: where it has a checkpoint, they are in it, and the file they were from need
     * no longer be there.
     *
     * @throws BadInput as {@link #of(Path, TrainingPlan, Zoo)}
     */
    public static Optional<StartingWeights> of(TrainingPlan plan, RunFiles run) {
        if (!Files.exists(run.last())) {
            return of(plan);
        }
        Checkpoint.Header last = CheckpointFile.readHeader(run.last());
        return Optional.of(
                new StartingWeights(
                        Optional.of(last.provenance().preprocessing().normalization()),
                        model -> {
                            throw new IllegalStateException("they are in the checkpoint");
                        }));
    }

    /**
     * Finds out what the file is and whether it fits.
     *
     * @param file a run's folder, a checkpoint, or another library's state dict
     * @throws BadInput if it doesn't fit, with what is missing, left over or of another shape
     */
    private static StartingWeights of(Path file, TrainingPlan plan, Zoo zoo) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (Files.isDirectory(file)) {
            return ofCheckpoint(RunFiles.of(file).best(), plan.network(), zoo);
        }
        if (!Files.exists(file)) {
            throw new BadInput("--weights " + file + ": there is no such file");
        }
        return name.endsWith(".zip")
                ? ofCheckpoint(file, plan.network(), zoo)
                : ofStateDict(file, plan);
    }

    private static StartingWeights ofStateDict(Path path, TrainingPlan plan) {
        Mapping mapping =
                Mapping.of(
                        plan.file(),
                        List.of(plan.architecture().name(), plan.architecture().family()));
        try (TensorFile file = TensorFile.open(path)) {
            Convention convention = WeightImport.recognize(mapping, plan.network(), file);
            WeightImport.match(convention, plan.network(), file, true);
            refuseOtherSettings(path, convention, plan);
            return new StartingWeights(
                    convention.preparation().map(ImagePreparation::normalization),
                    model -> read(path, convention, model));
        }
    }

    /** With another epsilon, say, the same weights compute something else. */
    private static void refuseOtherSettings(Path path, Convention convention, TrainingPlan plan) {
        NetworkDifference.between(plan.network(), plan.network(convention.settings()))
                .ifPresent(
                        what -> {
                            String sets =
                                    convention.settings().stream()
                                            .map(set -> set.path() + "=" + set.value())
                                            .collect(Collectors.joining(" --set ", "--set ", ""));
                            throw new BadInput(
                                    "--weights %s: %s trained them with other settings: %s%n%s would be right"
                                            .formatted(path, convention.name(), what, sets));
                        });
    }

    private static String read(Path path, Convention convention, Model model) {
        try (TensorFile file = TensorFile.open(path)) {
            WeightImport weights = WeightImport.match(convention, model.network(), file, true);
            weights.into(model, file);
            return said(
                    path,
                    weights.matched().size(),
                    weights.fresh().stream().map(named -> named.ours()).toList());
        }
    }

    private static StartingWeights ofCheckpoint(Path path, Network network, Zoo zoo) {
        TrainedModel from = TrainedModel.load(path, zoo, Backend.fp32(EngineKind.ND4J));
        Map<String, Weight> theirs = from.network().weights();
        Set<String> classifiers = network.classifiers();
        List<String> problems = new ArrayList<>();
        List<String> matched = new ArrayList<>();
        List<String> fresh = new ArrayList<>();
        network.weights()
                .forEach(
                        (name, weight) -> {
                            Weight other = theirs.remove(name);
                            if (weight.equals(other)) {
                                matched.add(name);
                            } else if (classifiers.contains(layer(name))) {
                                fresh.add(name);
                            } else if (other == null) {
                                problems.add("missing: " + name);
                            } else {
                                problems.add(
                                        "shape: %s is %s there, %s here"
                                                .formatted(name, other.shape(), weight.shape()));
                                if (from.network().input().channels()
                                        != network.input().channels()) {
                                    problems.add(ofColours(from.network().input(), network));
                                }
                            }
                        });
        theirs.keySet().forEach(name -> problems.add("left over: " + name));
        otherEpsilon(from.network(), network).ifPresent(problems::add);
        if (!problems.isEmpty()) {
            throw new BadInput(
                    "--weights %s doesn't fit %s%n  %s"
                            .formatted(path, network.name(), WeightImport.some(problems)));
        }
        return new StartingWeights(
                Optional.of(from.provenance().preprocessing().normalization()),
                model -> {
                    matched.forEach(name -> part(model, name).assign(part(from.model(), name)));
                    return said(path, matched.size(), fresh);
                });
    }

    /** The first batch normalisation that would compute something else from the same values. */
    private static Optional<String> otherEpsilon(Network theirs, Network own) {
        Map<String, Double> before = new HashMap<>();
        theirs.nodes().stream()
                .filter(node -> node.operation() instanceof BatchNorm)
                .forEach(node -> before.put(node.name(), ((BatchNorm) node.operation()).eps()));
        Set<String> fresh = own.classifiers();
        for (Node node : own.nodes()) {
            if (fresh.contains(node.name())) {
                continue;
            }
            Double eps = before.get(node.name());
            if (node.operation() instanceof BatchNorm norm && eps != null && eps != norm.eps()) {
                return Optional.of(
                        "epsilon of %s is %s there, %s here; --set defaults.bn.eps=%s would be right, unless the layer has its own"
                                .formatted(
                                        node.name(),
                                        Range.plain(eps),
                                        Range.plain(norm.eps()),
                                        Range.plain(eps)));
            }
        }
        return Optional.empty();
    }

    /** What would be right where weights of colour images meet grey ones, or the reverse. */
    private static String ofColours(Shape theirs, Network network) {
        return "--set 'input.shape=[%d, %d, %d]' has the images made %s"
                .formatted(
                        theirs.channels(),
                        network.input().height(),
                        network.input().width(),
                        theirs.channels() == 3 ? "colour" : "grey");
    }

    private static String layer(String weight) {
        return weight.substring(0, weight.lastIndexOf('.'));
    }

    private static INDArray part(Model model, String name) {
        Parameter place = model.parameter(name);
        return place.in(model.values());
    }

    private static String said(Path path, int matched, List<String> fresh) {
        return "weights of %s: %d arrays%s"
                .formatted(
                        path, matched, fresh.isEmpty() ? "" : "; new: " + String.join(", ", fresh));
    }
}
