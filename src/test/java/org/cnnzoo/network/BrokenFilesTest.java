package org.cnnzoo.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.cnnzoo.spec.ArchitectureReader;
import org.cnnzoo.spec.SpecException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each file in {@code broken/} gets exactly the message that stands in the .txt beside it. */
final class BrokenFilesTest {
    private static final Path FOLDER = Path.of("src/test/resources/broken");

    static List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void messageSaysWhatIsWrongAndWhere(String file) throws IOException {
        SpecException thrown =
                catchThrowableOfType(
                        SpecException.class,
                        () ->
                                NetworkBuilder.build(
                                        ArchitectureReader.read(
                                                FOLDER.resolve(file), file, List.of())));
        assertThat(thrown).as("error of %s", file).isNotNull();
        String message = String.valueOf(thrown.getMessage());
        assertThat(message)
                .isEqualTo(Files.readString(FOLDER.resolve(file.replace(".yaml", ".txt"))).strip());
        assertThat(message.lines()).hasSizeLessThanOrEqualTo(3);
        assertThat(message).matches("(?s)[a-z0-9_]+\\.yaml:\\d+:\\d+: .*");
    }
}
