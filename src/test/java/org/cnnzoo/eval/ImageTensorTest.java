package org.cnnzoo.eval;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.cnnzoo.data.Batch;
import org.cnnzoo.errors.BadInput;
import org.cnnzoo.errors.WorkFailed;
import org.cnnzoo.network.Network;
import org.cnnzoo.network.NetworkBuilder;
import org.cnnzoo.spec.ArchitectureReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Files that ND4J wrote in NumPy's format. */
class ImageTensorTest {
    private static final Network TINY =
            NetworkBuilder.build(
                    ArchitectureReader.parse(
                            "tiny.yaml",
                            """
                            name: tiny
                            input: {shape: [3, 4, 5]}
                            params: {classes: 2}
                            features: [relu]
                            head: [{classifier: $classes}]
                            """,
                            List.of()));

    @TempDir private Path folder;

    private Path file(DataType type, long... shape) throws IOException {
        INDArray array = Nd4j.arange((double) Arrays.stream(shape).reduce(1, (a, b) -> a * b));
        Path file = folder.resolve("x.npy");
        Nd4j.writeAsNumpy(array.reshape(shape).castTo(type), file.toFile());
        return file;
    }

    private void assertRefused(String message, DataType type, long... shape) throws IOException {
        Path file = file(type, shape);
        assertThatThrownBy(() -> ImageTensor.read(file, TINY))
                .isInstanceOf(BadInput.class)
                .hasMessage(message.formatted(file));
    }

    @Test
    void givesItsRowsInBatches() throws IOException {
        Path file = file(DataType.FLOAT, 3, 3, 4, 5);
        ImageTensor tensor = ImageTensor.read(file, TINY);
        assertThat(tensor.count()).isEqualTo(3);
        Batch batch = tensor.batch(1, 2);
        assertThat(batch.names()).containsExactly(file + "#1", file + "#2");
        assertThat(batch.size()).isEqualTo(2);
        assertThat(batch.images()).hasSize(120).startsWith(60, 61, 62).endsWith(178, 179);
    }

    @Test
    void takesDoublesToo() throws IOException {
        ImageTensor tensor = ImageTensor.read(file(DataType.DOUBLE, 1, 3, 4, 5), TINY);
        assertThat(tensor.batch(0, 1).images()).hasSize(60).startsWith(0, 1, 2).endsWith(58, 59);
    }

    @Test
    void otherShapesAreRefusedWithWhatTheNetworkTakes() throws IOException {
        assertRefused(
                "%s has the shape [2, 1, 4, 5]; tiny takes [N, 3, 4, 5]",
                DataType.FLOAT, 2, 1, 4, 5);
        assertRefused(
                "%s has the shape [2, 3, 8, 5]; tiny takes [N, 3, 4, 5]",
                DataType.FLOAT, 2, 3, 8, 5);
        assertRefused("%s has the shape [60]; tiny takes [N, 3, 4, 5]", DataType.FLOAT, 60);
        assertRefused(
                "%s has the shape [1, 1, 3, 4, 5]; tiny takes [N, 3, 4, 5]",
                DataType.FLOAT, 1, 1, 3, 4, 5);
    }

    @Test
    void usualSlipsGetTheirRemedy() throws IOException {
        assertRefused(
                "%s has the shape [3, 4, 5]; tiny takes [N, 3, 4, 5]\none image in Python: x[None]",
                DataType.FLOAT, 3, 4, 5);
        assertRefused(
                "%s has the shape [2, 4, 5, 3]; tiny takes [N, 3, 4, 5]\n"
                        + "in Python: x.transpose(0, 3, 1, 2)",
                DataType.FLOAT, 2, 4, 5, 3);
        assertRefused(
                "%s has values of type I32; tiny takes floats, prepared as in training\n"
                        + "in Python: x.astype('float32')",
                DataType.INT32, 2, 3, 4, 5);
    }

    @Test
    void aTensorWithoutImagesIsRefused() throws IOException {
        Path file = file(DataType.FLOAT, 3, 4, 5);
        byte[] bytes = Files.readAllBytes(file);
        String text = new String(bytes, ISO_8859_1);
        int start = text.indexOf("(3");
        String empty = text.substring(0, text.length() - 60 * 4);
        assertThat(start).isPositive();
        Files.writeString(file, empty.replaceFirst("\\(3, ?4, ?5,?\\)", "(0,3,4,5)"), ISO_8859_1);
        assertThatThrownBy(() -> ImageTensor.read(file, TINY))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("no images");
    }

    @Test
    void filesThatAreNoArraysAreRefused() throws IOException {
        assertThatThrownBy(() -> ImageTensor.read(folder.resolve("none.npy"), TINY))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("none.npy");
        Path text = Files.writeString(folder.resolve("text.npy"), "1 2 3");
        assertThatThrownBy(() -> ImageTensor.read(text, TINY))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("text.npy");
    }

    @Test
    void aCutFileIsDamaged() throws IOException {
        Path file = file(DataType.FLOAT, 3, 3, 4, 5);
        byte[] whole = Files.readAllBytes(file);
        for (int length : new int[] {7, 20, whole.length / 2, whole.length - 1}) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> ImageTensor.read(file, TINY))
                    .as("%d bytes", length)
                    .isInstanceOf(WorkFailed.class)
                    .hasMessageContaining("x.npy");
        }
    }
}
