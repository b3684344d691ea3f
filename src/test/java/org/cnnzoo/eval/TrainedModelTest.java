package org.cnnzoo.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.cnnzoo.build.Model;
import org.cnnzoo.build.ModelBuilder;
import org.cnnzoo.data.Normalization;
import org.cnnzoo.data.Preprocessing;
import org.cnnzoo.data.ResizeMode;
import org.cnnzoo.network.Network;
import org.cnnzoo.network.NetworkBuilder;
import org.cnnzoo.network.NetworkDifference;
import org.cnnzoo.run.Checkpoint;
import org.cnnzoo.run.CheckpointFile;
import org.cnnzoo.run.FlatVector;
import org.cnnzoo.run.Progress;
import org.cnnzoo.run.Provenance;
import org.cnnzoo.spec.ArchitectureReader;
import org.cnnzoo.spec.ArchitectureText;
import org.cnnzoo.spec.Zoo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainedModelTest {
    @TempDir private Path folder;

    /** A base of the name of one of the zoo's, with another activation. */
    private Path variant() throws Exception {
        Files.writeString(
                folder.resolve("resnet.yaml"),
                """
                name: resnet
                input: {shape: [1, 6, 5]}
                params: {classes: 2, width: 4}
                features:
                  - conv: {out: $width, kernel: 3, padding: 1}
                  - swish
                head: [global_avg_pool, {classifier: $classes}]
                """);
        return Files.writeString(
                folder.resolve("wide.yaml"),
                """
                name: resnet18
                variant_of: resnet
                params: {width: 7}
                """);
    }

    @Test
    void aVariantOfOnesOwnIsBuiltFromItsCheckpointAlone() throws Exception {
        Path file = variant();
        Network network = NetworkBuilder.build(ArchitectureReader.read(file, List.of()));
        Model model = ModelBuilder.build(network, 3);
        ArchitectureText text = ArchitectureText.of(file);
        Normalization normalization = new Normalization(new float[] {0.1f}, new float[] {0.3f});
        Provenance provenance =
                new Provenance(
                        "resnet18",
                        text.own(),
                        text.base(),
                        new TreeMap<>(),
                        List.of("cat", "dog"),
                        new Preprocessing(1, 6, 5, ResizeMode.CROP, normalization),
                        "",
                        "");
        Path checkpoint = folder.resolve("c.zip");
        CheckpointFile.write(
                checkpoint,
                new Checkpoint(
                        provenance,
                        Progress.start(3),
                        model.graph().getConfiguration().toJson(),
                        model.values(),
                        Optional.empty(),
                        new TreeMap<>()));
        Files.delete(file);
        Files.delete(folder.resolve("resnet.yaml"));

        Zoo zoo = new Zoo(Path.of(System.getProperty("cnn.home", "."), "configs", "models"));
        TrainedModel loaded = TrainedModel.load(checkpoint, zoo);

        assertThat(NetworkDifference.between(loaded.network(), network)).isEmpty();
        assertThat(loaded.network().node("features.1").operation().type()).isEqualTo("swish");
        assertThat(FlatVector.copy(loaded.model().values()))
                .isEqualTo(FlatVector.copy(model.values()));
    }
}
