package org.cnnzoo.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.network.Network;
import org.cnnzoo.network.NetworkBuilder;
import org.cnnzoo.spec.Architecture;
import org.cnnzoo.spec.Zoo;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class MappingTest {
    private static final Path MODELS = Path.of("configs/models");

    @TempDir private Path folder;

    private static List<Convention.Named> names(String model, String convention) {
        Zoo zoo = new Zoo(MODELS);
        Architecture architecture = zoo.load(model, List.of());
        Network network = NetworkBuilder.build(architecture);
        return Mapping.of(zoo.find(model), List.of(architecture.name(), architecture.family()))
                .named(convention)
                .names(network);
    }

    /** Names and shapes that scripts/fixtures/names.py took from torchvision, by model. */
    private static Map<String, Map<String, List<Long>>> torchvision() throws IOException {
        Map<String, Map<String, List<Long>>> models = new LinkedHashMap<>();
        for (String line :
                Files.readAllLines(Path.of("src/test/resources/weights/torchvision.txt"))) {
            String[] words = line.split(" ", -1);
            List<Long> shape = new ArrayList<>();
            for (int i = 2; i < words.length; i++) {
                shape.add(Long.valueOf(words[i]));
            }
            if (!words[1].endsWith("num_batches_tracked")) {
                models.computeIfAbsent(words[0], model -> new LinkedHashMap<>())
                        .put(words[1], shape);
            }
        }
        return models;
    }

    @TestFactory
    Stream<DynamicTest> namesAndShapesAreTorchvisions() throws IOException {
        return torchvision().entrySet().stream()
                .map(
                        model ->
                                DynamicTest.dynamicTest(
                                        model.getKey(),
                                        () -> {
                                            Map<String, List<Long>> ours = new LinkedHashMap<>();
                                            names(model.getKey(), "torchvision")
                                                    .forEach(
                                                            named ->
                                                                    ours.put(
                                                                            named.theirs(),
                                                                            named.weight()
                                                                                    .shape()));
                                            assertThat(ours)
                                                    .containsExactlyInAnyOrderEntriesOf(
                                                            model.getValue());
                                        }));
    }

    /** By hand from timm's definitions: its blocks' module names, and its stages' repeats. */
    @Test
    void timmsMobileNetsHaveItsStagesAndBlocks() {
        assertThat(names("mobilenet_v1", "timm").stream().map(Convention.Named::theirs))
                .contains(
                        "conv_stem.weight",
                        "bn1.running_var",
                        "blocks.0.0.conv_dw.weight",
                        "blocks.0.0.bn2.bias",
                        "blocks.3.5.conv_pw.weight",
                        "blocks.4.1.bn1.weight",
                        "classifier.bias");
        assertThat(names("mobilenet_v2", "timm").stream().map(Convention.Named::theirs))
                .contains(
                        "blocks.0.0.conv_pw.weight",
                        "blocks.0.0.bn2.weight",
                        "blocks.1.1.conv_pwl.weight",
                        "blocks.3.3.bn3.running_mean",
                        "blocks.6.0.conv_dw.weight",
                        "conv_head.weight",
                        "bn2.weight")
                .doesNotContain("blocks.0.0.conv_pwl.weight");
        assertThat(names("mobilenet_v3_large", "timm").stream().map(Convention.Named::theirs))
                .contains(
                        "blocks.0.0.bn2.weight",
                        "blocks.2.2.se.conv_reduce.bias",
                        "blocks.5.2.se.conv_expand.weight",
                        "blocks.6.0.conv.weight",
                        "blocks.6.0.bn1.weight",
                        "conv_head.bias");
        assertThat(names("mobilenet_v3_small", "timm").stream().map(Convention.Named::theirs))
                .contains(
                        "blocks.0.0.se.conv_reduce.weight",
                        "blocks.4.2.conv_pwl.weight",
                        "blocks.5.0.conv.weight");
    }

    @TestFactory
    Stream<DynamicTest> everyModelHasAName() {
        Zoo zoo = new Zoo(MODELS);
        return zoo.names().stream()
                .map(
                        model ->
                                DynamicTest.dynamicTest(
                                        model,
                                        () -> {
                                            Architecture architecture = zoo.load(model, List.of());
                                            Mapping mapping =
                                                    Mapping.of(
                                                            zoo.find(model),
                                                            List.of(
                                                                    architecture.name(),
                                                                    architecture.family()));
                                            Network network = NetworkBuilder.build(architecture);
                                            long arrays =
                                                    network.nodes().stream()
                                                            .mapToLong(n -> n.weights().size())
                                                            .sum();
                                            for (Convention convention : mapping.conventions()) {
                                                assertThat(convention.names(network))
                                                        .hasSize((int) arrays);
                                            }
                                        }));
    }

    private Mapping mapping(String text) throws IOException {
        Files.createDirectories(folder.resolve("weights"));
        Files.writeString(folder.resolve("weights/net.yaml"), text);
        return Mapping.of(folder.resolve("net.yaml"), List.of("other", "net"));
    }

    @Test
    void anUnknownConventionIsAnsweredByTheNearest() throws IOException {
        Mapping mapping = mapping("torchvision: {layers: {a: b}}\n");
        assertThatThrownBy(() -> mapping.named("torchvison"))
                .isInstanceOf(BadInput.class)
                .hasMessage(
                        "there are no names of 'torchvison'; did you mean 'torchvision'?; known:"
                                + " torchvision, cnn");
    }

    @Test
    void aBrokenMappingSaysWhere() {
        String[][] broken = {
            {"t:\n  layers:\n    a.{x}: b.{y}\n", "3:5: there is no {y} on the left"},
            {"t:\n  layers:\n    a.{x}: b.{list[x]}\n", "3:5: there is no list 'list'"},
            {"t:\n  layers:\n    a.{x}.{x}: b\n", "3:5: '{x}' stands twice"},
            {"t:\n  layers:\n    a.{X}: b\n", "3:5: '{X}' is neither a word nor {x} nor {x...}"},
            {"t:\n  layers:\n    a.{x}: b.{x*2}\n", "3:5: '{x*2}' is none of"},
            {"t: {layer: {}}\n", "1:5: unknown key 'layer'"},
            {"t: {set: {}}\n", "a convention needs 'layers'"},
            {"t: {layers: {}, images: {crop: 2, mean: [0], std: [1]}}\n", "'crop' must be above"},
            {"t: {layers: {}, images: {crop: 1, mean: [0], std: [0]}}\n", "a deviation must be"},
            {"t: {layers: {}, images: {crop: 1, mean: [a], std: [0]}}\n", "expected a number"},
            {"t: [a]\n", "1:4: expected a mapping, not a list"},
        };
        for (String[] row : broken) {
            assertThatThrownBy(() -> mapping(row[0]))
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining("net.yaml")
                    .hasMessageContaining(row[1]);
        }
    }

    @Test
    void aLayerWithoutRuleAndTwoOfOneNameAreRefused() throws IOException {
        Network network = NetworkBuilder.build(new Zoo(MODELS).load("lenet5", List.of()));
        assertThatThrownBy(() -> mapping("t: {layers: {nothing: a}}\n").named("t").names(network))
                .hasMessageContaining("t has no name for lenet5's layer");
        assertThatThrownBy(
                        () -> mapping("t: {layers: {'{layer...}': a}}\n").named("t").names(network))
                .hasMessageContaining("the same name, a.weight");
        assertThatThrownBy(
                        () ->
                                mapping("t: {layers: {'{layer...}': 'a{layer+1}'}}\n")
                                        .named("t")
                                        .names(network))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("no number");
    }
}
