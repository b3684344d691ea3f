package org.cnnzoo.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The committed schema is the grammar's, accepts every good file and refuses many a broken one. */
final class ArchitectureSchemaTest {
    private static final Path COMMITTED = Path.of("docs/architecture.schema.json");
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(ArchitectureSchema.json());

    /** {@code -Dcnn.regenerate} writes it anew. */
    @Test
    void committedSchemaIsTheGrammars() throws IOException {
        if (System.getProperty("cnn.regenerate") != null) {
            Files.writeString(COMMITTED, ArchitectureSchema.json());
        }
        assertThat(Files.readString(COMMITTED)).isEqualTo(ArchitectureSchema.json());
    }

    @Test
    void everyKeyOfTheReaderIsDescribed() {
        assertThat(FileKeys.schema().keySet()).containsExactlyElementsOf(ArchitectureReader.KEYS);
    }

    static List<Path> good() throws IOException {
        List<Path> files = yaml("configs/models");
        files.addAll(yaml("src/test/resources/outside"));
        return files;
    }

    private static List<Path> yaml(String folder) throws IOException {
        try (Stream<Path> list = Files.list(Path.of(folder))) {
            return new ArrayList<>(
                    list.filter(path -> path.toString().endsWith(".yaml")).sorted().toList());
        }
    }

    @ParameterizedTest
    @MethodSource("good")
    void goodFilesValidate(Path file) {
        assertThat(SCHEMA.validate(json(YamlReader.read(file)))).isEmpty();
    }

    @Test
    void manyBrokenFilesDoNotValidate() throws IOException {
        List<String> refused = new ArrayList<>();
        for (Path file : yaml("src/test/resources/broken")) {
            try {
                if (!SCHEMA.validate(json(YamlReader.read(file))).isEmpty()) {
                    refused.add(String.valueOf(file.getFileName()));
                }
            } catch (SpecException notYaml) {
                // no editor gets as far as the schema either
            }
        }
        assertThat(refused)
                .contains(
                        "unknown_key_in_word.yaml",
                        "unknown_top_level_key.yaml",
                        "wrong_type_padding.yaml",
                        "number_too_small.yaml",
                        "variant_with_layers.yaml",
                        "defaults_of_an_unknown_argument.yaml",
                        "features_missing.yaml")
                .hasSizeGreaterThan(40);
    }

    private static JsonNode json(YamlNode node) {
        return JSON.valueToTree(value(node));
    }

    private static @Nullable Object value(YamlNode node) {
        if (node instanceof YamlNode.Scalar scalar) {
            return scalar.value();
        }
        if (node instanceof YamlNode.Sequence sequence) {
            List<@Nullable Object> list = new ArrayList<>();
            sequence.items().forEach(item -> list.add(value(item)));
            return list;
        }
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        ((YamlNode.Mapping) node)
                .entries()
                .forEach((key, entry) -> map.put(key, value(entry.value())));
        return map;
    }
}
