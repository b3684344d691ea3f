package org.cnnzoo.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.cnnzoo.build.Model;
import org.cnnzoo.build.ModelBuilder;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.network.Network;
import org.cnnzoo.network.NetworkBuilder;
import org.cnnzoo.spec.SetValue;
import org.cnnzoo.spec.Zoo;
import org.cnnzoo.weights.tensors.SafetensorsWriter;
import org.cnnzoo.weights.tensors.Tensor;
import org.cnnzoo.weights.tensors.TensorFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightImportTest {
    private static final Zoo ZOO = new Zoo(Path.of("configs/models"));
    private static final Mapping MAPPING = Mapping.of(ZOO, "vgg11");

    @TempDir private Path folder;

    private static Network vgg(int classes) {
        return NetworkBuilder.build(
                ZOO.load(
                        "vgg11",
                        Stream.of(
                                        "params.rows=[[4, 1], [8, 1]]",
                                        "params.hidden=6",
                                        "params.classes=" + classes,
                                        "input.shape=[3, 32, 32]")
                                .map(SetValue::parse)
                                .toList()));
    }

    /** Weights of a network as a convention names them; the i-th tensor holds i everywhere. */
    private static List<Tensor> tensors(Network network, String convention) {
        List<Tensor> tensors = new ArrayList<>();
        for (Convention.Named named : MAPPING.named(convention).names(network)) {
            float[] values = new float[(int) named.weight().elements()];
            Arrays.fill(values, tensors.size() + 1);
            tensors.add(Tensor.of(named.theirs(), named.weight().shape(), values));
        }
        return tensors;
    }

    private TensorFile file(List<Tensor> tensors) {
        Path file = folder.resolve("weights.safetensors");
        SafetensorsWriter.write(file, tensors);
        return TensorFile.open(file);
    }

    @Test
    void recognisesWhoseNamesTheyAre() {
        Network network = vgg(5);
        for (String convention : List.of("torchvision", "timm", "cnn")) {
            try (TensorFile file = file(tensors(network, convention))) {
                assertThat(WeightImport.recognize(MAPPING, network, file).name())
                        .isEqualTo(convention);
            }
        }
    }

    @Test
    void listsEverythingThatDoesNotFit() {
        List<Tensor> tensors = tensors(vgg(5), "torchvision");
        tensors.removeIf(tensor -> tensor.name().startsWith("features.3."));
        tensors.add(Tensor.of("features.0.bn", List.of(1L), new float[] {1}));
        tensors.add(Tensor.of("features.0.num_batches_tracked", List.of(), new float[] {1}));
        try (TensorFile file = file(tensors)) {
            assertThatThrownBy(
                            () ->
                                    WeightImport.match(
                                            MAPPING.named("torchvision"), vgg(4), file, false))
                    .isInstanceOf(BadInput.class)
                    .hasMessage(
                            String.join(
                                    System.lineSeparator(),
                                    "the weights don't fit vgg11 by torchvision's names; nothing"
                                            + " was written",
                                    "  missing: features.3.weight [8, 4, 3, 3], for"
                                            + " features.stage.1.0.0.0.conv.weight",
                                    "  missing: features.3.bias [8], for"
                                            + " features.stage.1.0.0.0.conv.bias",
                                    "  shape: classifier.6.weight is [5, 6] in the file, [4, 6]"
                                            + " here",
                                    "  shape: classifier.6.bias is [5] in the file, [4] here",
                                    "  left over: features.0.bn [1]",
                                    "--classes N keeps the rest and starts a new classifier of N"
                                            + " classes"));
        }
    }

    @Test
    void aNewHeadKeepsTheBackbone() {
        Network four = vgg(4);
        Model model = ModelBuilder.build(four, 3);
        Model untouched = ModelBuilder.build(four, 3);
        try (TensorFile file = file(tensors(vgg(5), "torchvision"))) {
            WeightImport weights =
                    WeightImport.match(MAPPING.named("torchvision"), four, file, true);
            assertThat(weights.fresh().stream().map(Convention.Named::ours))
                    .containsExactly("head.fc8.weight", "head.fc8.bias");
            weights.into(model, file);
        }
        int i = 0;
        for (Tensor tensor : WeightExport.tensors(model, Convention.OWN)) {
            i++;
            float[] expected = new float[(int) tensor.count()];
            Arrays.fill(expected, i);
            if (tensor.name().startsWith("head.fc8")) {
                expected = WeightExport.tensors(untouched, Convention.OWN).get(i - 1).values();
            }
            assertThat(tensor.values())
                    .as(tensor.name().toLowerCase(Locale.ROOT))
                    .isEqualTo(expected);
        }
    }

    /** timm's VGG: its first dense layer is a convolution as large as the maps. */
    @Test
    void aConvolutionOverTheWholeMapBecomesADenseLayer() {
        Network network = vgg(5);
        List<Tensor> tensors = new ArrayList<>();
        for (Tensor tensor : tensors(network, "timm")) {
            if (tensor.name().equals("pre_logits.fc1.weight")) {
                assertThat(tensor.shape()).containsExactly(6L, 8L * 8 * 8);
                float[] values = tensor.values();
                for (int i = 0; i < values.length; i++) {
                    values[i] = i;
                }
                tensors.add(Tensor.of(tensor.name(), List.of(6L, 8L, 8L, 8L), values));
            } else {
                tensors.add(tensor);
            }
        }
        Model model = ModelBuilder.build(network, 1);
        try (TensorFile file = file(tensors)) {
            WeightImport.match(MAPPING.named("timm"), network, file, false).into(model, file);
        }
        float[] dense =
                WeightExport.tensors(model, Convention.OWN).stream()
                        .filter(tensor -> tensor.name().equals("head.fc6.weight"))
                        .findFirst()
                        .orElseThrow()
                        .values();
        float[] inOrder = new float[6 * 8 * 8 * 8];
        for (int i = 0; i < inOrder.length; i++) {
            inOrder[i] = i;
        }
        assertThat(dense).isEqualTo(inOrder); // [out, C, H, W] is [out, C * H * W]
    }
}
