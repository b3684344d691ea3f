package org.cnnzoo.weights.tensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.errors.WorkFailed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumpyFilesTest {
    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "f4",
                "f8_fortran",
                "big_endian",
                "f2",
                "i8",
                "i4_big",
                "u1",
                "bool",
                "scalar",
                "empty",
                "version2"
            })
    void shapeAndBitsAreWhatNumPySays(String name) {
        Tensor tensor = NpyFile.read(Fixtures.file(name + ".npy"));

        Fixtures.assertSame(tensor, Fixtures.expected(name + ".npy").get(tensor.name()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "complex.npy    | values of type '<c16'; b1, f2, f4, f8, i1, i2, i4, i8, u1, u2,"
                        + " u4, u8 can be read",
                "structured.npy | its header has not a type of plain numbers",
            })
    void valuesThatAreNoPlainNumbersAreNamed(String name, String message) {
        assertThatThrownBy(() -> NpyFile.read(Fixtures.file(name)))
                .isInstanceOf(WorkFailed.class)
                .hasMessageContaining(message);
    }

    @Test
    void whatIsNoArrayIsBadInput() {
        assertThatThrownBy(() -> NpyFile.read(Fixtures.file("types.pth")))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("is no NumPy array");
        assertThatThrownBy(() -> NpyFile.read(Fixtures.file("none.npy")))
                .isInstanceOf(BadInput.class)
                .hasMessage("no file " + Fixtures.file("none.npy"));
    }

    @Test
    void aFileCutOffSaysSo() throws IOException {
        byte[] whole = Files.readAllBytes(Fixtures.file("f4.npy"));
        Path file = folder.resolve("cut.npy");
        Files.write(file, Arrays.copyOf(whole, whole.length - 1));

        assertThatThrownBy(() -> NpyFile.read(file))
                .isInstanceOf(WorkFailed.class)
                .hasMessage(
                        "%s: [2, 3, 4] of <f4 are 96 bytes, the file has 95; is it a whole copy?",
                        file);
    }

    @Test
    void npzEntriesHaveTheBytesAndTheOrderThatNumPyGivesThem() throws IOException {
        Map<String, Fixtures.Expected> right = Fixtures.expected("arrays.npz");
        List<Tensor> tensors = new ArrayList<>();
        right.forEach((name, of) -> tensors.add(Fixtures.tensor(name, of)));
        Path file = folder.resolve("x.npz");

        NpzWriter.write(file, tensors);

        try (ZipFile ours = new ZipFile(file.toFile());
                ZipFile numpys = new ZipFile(Fixtures.file("arrays.npz").toFile())) {
            List<? extends ZipEntry> entries = numpys.stream().toList();
            assertThat(ours.stream().map(ZipEntry::getName).toList())
                    .isEqualTo(entries.stream().map(ZipEntry::getName).toList());
            for (ZipEntry entry : entries) {
                ZipEntry own = ours.getEntry(entry.getName());
                assertThat(own.getMethod()).isEqualTo(ZipEntry.STORED);
                assertThat(own.getCrc()).isEqualTo(entry.getCrc());
                assertThat(ours.getInputStream(own).readAllBytes())
                        .as(entry.getName())
                        .isEqualTo(numpys.getInputStream(entry).readAllBytes());
            }
        }
    }

    @Test
    void twoTensorsOfOneNameAreAMistakeOfTheCaller() {
        Tensor tensor = Tensor.of("w", List.of(1L), new float[1]);

        assertThatThrownBy(() -> NpzWriter.write(folder.resolve("x"), List.of(tensor, tensor)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Tensor.of("w", List.of(2L), new float[1]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
