package org.cnnzoo.weights.tensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.cnnzoo.errors.BadInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TensorFileTest {
    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource({"types.pth, x.safetensors", "types.safetensors, x.pth", "types.pth, x"})
    void theContentSaysWhatAFileIsNotItsName(String content, String name) throws IOException {
        Path file = Files.copy(Fixtures.file(content), folder.resolve(name));

        try (TensorFile open = TensorFile.open(file)) {
            assertThat(open.names()).contains("f32", "scalar");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                                                        | is empty",
                "<!DOCTYPE html>                                         | is a page of HTML or"
                        + " XML",
                "version https://git-lfs.github.com/spec/v1              | is a Git LFS pointer",
                "GGUF abc                                                | is a GGUF file",
                "random words                                            | is no weight file that"
                        + " can be read",
            })
    void whatElsePeopleHaveIsNamed(String content, String message) throws IOException {
        Path file = folder.resolve("x.pth");
        Files.writeString(file, content == null ? "" : content, StandardCharsets.US_ASCII);

        assertThatThrownBy(() -> TensorFile.open(file))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith(file + " " + message);
    }

    @Test
    void whatIsNotThereIsBadInput() {
        assertThatThrownBy(() -> TensorFile.open(folder.resolve("none.pth")))
                .isInstanceOf(BadInput.class)
                .hasMessage("no file " + folder.resolve("none.pth"));
        assertThatThrownBy(() -> TensorFile.open(folder))
                .isInstanceOf(BadInput.class)
                .hasMessage(folder + " is a folder, not a file");
        assertThatThrownBy(() -> TensorFile.open(Fixtures.file("f4.npy")))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("is a single NumPy array");
    }

    @Test
    void aNameThatIsNotThereHasTheNearestBesideIt() {
        try (TensorFile file = TensorFile.open(Fixtures.file("state.pt"))) {
            assertThat(file.contains("0.weight")).isTrue();
            assertThat(file.shapes()).containsEntry("0.weight", List.of(3L, 2L, 2L, 2L));
            assertThatThrownBy(() -> file.values("0.wieght"))
                    .isInstanceOf(BadInput.class)
                    .hasMessage(
                            "%s has no tensor '0.wieght'; did you mean '0.weight'?",
                            Fixtures.file("state.pt"));
        }
    }

    @ParameterizedTest
    @CsvSource({"views.pth", "types.safetensors"})
    void threadsReadAtOnce(String name) {
        Map<String, Fixtures.Expected> right = Fixtures.expected(name);
        try (TensorFile file = TensorFile.open(Fixtures.file(name))) {
            IntStream.range(0, 200)
                    .parallel()
                    .forEach(
                            i ->
                                    right.forEach(
                                            (tensor, expected) ->
                                                    Fixtures.assertSame(
                                                            file.tensor(tensor), expected)));
        }
    }
}
