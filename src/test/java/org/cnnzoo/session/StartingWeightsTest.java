package org.cnnzoo.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.cnnzoo.build.Model;
import org.cnnzoo.build.ModelBuilder;
import org.cnnzoo.data.Normalization;
import org.cnnzoo.data.Preprocessing;
import org.cnnzoo.data.ResizeMode;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.network.NetworkBuilder;
import org.cnnzoo.recipe.Home;
import org.cnnzoo.recipe.Recipe;
import org.cnnzoo.recipe.TrainingPlan;
import org.cnnzoo.run.Checkpoint;
import org.cnnzoo.run.CheckpointFile;
import org.cnnzoo.run.Progress;
import org.cnnzoo.run.Provenance;
import org.cnnzoo.spec.Architecture;
import org.cnnzoo.spec.ArchitectureText;
import org.cnnzoo.spec.SetValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartingWeightsTest {
    @TempDir private Path folder;

    /** A checkpoint of a model of the zoo for 32 px of grey. */
    private Path checkpoint(String model, int classes, String... sets) {
        SortedMap<String, String> overrides = new TreeMap<>();
        overrides.put("input.shape", "[1, 32, 32]");
        overrides.put("params.classes", Integer.toString(classes));
        Stream.of(sets).forEach(set -> overrides.put(set.split("=", 2)[0], set.split("=", 2)[1]));
        List<SetValue> values =
                overrides.entrySet().stream()
                        .map(e -> SetValue.of(e.getKey(), e.getValue(), "test"))
                        .toList();
        Architecture architecture = Home.zoo().load(model, values);
        Model built = ModelBuilder.build(NetworkBuilder.build(architecture), 1);
        ArchitectureText text = ArchitectureText.of(Home.zoo().find(model));
        Normalization normalization = new Normalization(new float[] {0.1f}, new float[] {0.3f});
        Path file = folder.resolve(model + ".zip");
        CheckpointFile.write(
                file,
                new Checkpoint(
                        new Provenance(
                                model,
                                text.own(),
                                text.base(),
                                overrides,
                                IntStream.range(0, classes).mapToObj(i -> "class " + i).toList(),
                                new Preprocessing(1, 32, 32, ResizeMode.CROP, normalization),
                                "",
                                ""),
                        Progress.start(1),
                        built.graph().getConfiguration().toJson(),
                        built.values(),
                        Optional.empty(),
                        new TreeMap<>()));
        return file;
    }

    private static TrainingPlan plan(String model, Path weights, String... sets) {
        List<String> all =
                Stream.concat(
                                Stream.of("train.model=" + model, "train.weights=" + weights),
                                Stream.of(sets))
                        .toList();
        return TrainingPlan.of(Home.path(), Recipe.ofSets(all), Optional.empty(), Optional.empty());
    }

    @Test
    void anotherEpsilonIsAnErrorThatSaysWhatWouldBeRight() {
        Path weights = checkpoint("mobilenet_v1", 10, "params.width=0.25", "defaults.bn.eps=1e-5");
        TrainingPlan other = plan("mobilenet_v1", weights, "params.width=0.25");
        assertThatThrownBy(() -> StartingWeights.of(other))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("is 0.00001 there, 0.001 here")
                .hasMessageContaining("--set defaults.bn.eps=0.00001 would be right");
        TrainingPlan same =
                plan("mobilenet_v1", weights, "params.width=0.25", "defaults.bn.eps=1e-5");
        assertThat(StartingWeights.of(same)).isPresent();
    }

    @Test
    void aClassifierBehindWhichPoolingFollowsStartsAnewToo() {
        Path weights = checkpoint("nin_cifar", 5, "params.width=0.125");
        TrainingPlan plan = plan("nin_cifar", weights, "params.width=0.125");
        Model model = ModelBuilder.build(plan.network(), 2);
        assertThat(StartingWeights.of(plan).orElseThrow().into().apply(model))
                .containsPattern("new: \\S+conv.weight, \\S+conv.bias$");
    }
}
