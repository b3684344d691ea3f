package org.cnnzoo.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ZooTest {
    private static final String LAYERS =
            """
            input: {shape: [3, 32, 32]}
            params: {classes: 10, width: 8}
            features: [{conv: {out: $width, kernel: 3}}]
            head: [global_avg_pool, {classifier: $classes}]
            expect: {trainable: 5}
            """;

    @TempDir Path folder;

    @BeforeEach
    void files() throws IOException {
        write("base", "name: base\ntemplate: true\naliases: [ground]\n" + LAYERS);
        write("wide", "name: wide\naliases: [broad]\nvariant_of: base\nparams: {width: 64}\n");
        write("own", "name: own\n" + LAYERS);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name + ".yaml"), text);
    }

    @Test
    void templatesAreNoModels() {
        assertThat(new Zoo(folder).names()).containsExactly("own", "wide");
        assertThatThrownBy(() -> new Zoo(folder).load("base", List.of()))
                .hasMessageContaining("there is no model 'base'");
    }

    @Test
    void variantHasItsOwnParametersAndNotItsBasesFacts() {
        Architecture wide = new Zoo(folder).load("wide", List.of());
        assertThat(wide.name()).isEqualTo("wide");
        assertThat(wide.family()).isEqualTo("base");
        assertThat(wide.parameters()).containsEntry("width", "64").containsEntry("classes", "10");
        assertThat(wide.expect()).isEmpty();
        assertThat(wide.template()).isFalse();
        assertThat(wide.aliases()).containsExactly("broad");
    }

    @Test
    void aValueMayBeSetInTheOnlyPlaceOfAParameter() {
        Zoo zoo = new Zoo(Path.of(System.getProperty("cnn.home", "."), "configs/models"));
        assertThat(zoo.load("mobilenet_v2", List.of(SetValue.parse("channels.multiplier=0.5"))))
                .isNotNull();
    }

    @Test
    void aliasesFindTheirModel() {
        assertThat(new Zoo(folder).load("broad", List.of()).name()).isEqualTo("wide");
    }

    @Test
    void pathsFindFilesAnywhere() {
        String path = folder.resolve("own.yaml").toString();
        assertThat(new Zoo(Path.of("nowhere")).load(path, List.of()).name()).isEqualTo("own");
        assertThatThrownBy(() -> new Zoo(folder).load("none.yaml", List.of()))
                .hasMessageContaining("there is no file none.yaml");
    }

    @Test
    void unknownModelHasANearOne() {
        assertThatThrownBy(() -> new Zoo(folder).load("wdie", List.of()))
                .hasMessageContaining("did you mean 'wide'?");
    }

    @Test
    void brokenFileDoesNotHideTheOthers() throws IOException {
        write("broken", "name: [\n");
        assertThat(new Zoo(folder).load("own", List.of()).name()).isEqualTo("own");
        assertThat(new Zoo(folder).names()).contains("own", "wide");
    }
}
